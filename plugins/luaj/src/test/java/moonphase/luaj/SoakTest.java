package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/**
 * Eight VMs on eight threads do mixed work; each result is compared with that of one VM alone.
 *
 * <p>Takes three seconds; {@code -Dsoak.minutes=10} makes it a long run, which reports how much it
 * compared.
 */
class SoakTest {
  private static final int VMS = 8;
  private static final int SEEDS = 40;

  @Test
  void eightMachinesOnEightThreads_answerAsOneAlone() throws Exception {
    long nanos =
        Integer.getInteger("soak.minutes", 0) > 0
            ? TimeUnit.MINUTES.toNanos(Integer.getInteger("soak.minutes"))
            : TimeUnit.SECONDS.toNanos(3);
    String[] expected = new String[SEEDS];
    Machine alone = new Machine();
    for (int seed = 0; seed < SEEDS; seed++) {
      expected[seed] = alone.answer(seed);
    }
    long deadline = System.nanoTime() + nanos;
    int compared = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(VMS)) {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < VMS; i++) {
        int first = i * 5;
        runs.add(threads.submit(compare(expected, first, deadline)));
      }
      for (Future<Integer> run : runs) {
        int n = run.get();
        assertTrue(n > 0);
        compared += n;
      }
    }
    if (Integer.getInteger("soak.minutes", 0) > 0) {
      System.out.println("soak: " + compared + " results compared, none differed");
    }
  }

  private static Callable<Integer> compare(String[] expected, int first, long deadline) {
    return () -> {
      Machine machine = new Machine();
      int n = 0;
      do {
        int seed = (first + n) % SEEDS;
        assertEquals(expected[seed], machine.answer(seed), "seed " + seed);
        n++;
        if (n % 200 == 0) {
          machine = new Machine();
        }
      } while (System.nanoTime() < deadline);
      return n;
    };
  }

  /** A VM that has loaded the work. */
  private static final class Machine {
    private final LuaState lua = new LuaState().openLibraries();
    private final LuaValue work;

    Machine() throws IOException {
      try (InputStream in = SoakTest.class.getResourceAsStream("soak.lua")) {
        String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        LuaState.Result result = lua.run(source, "@soak.lua");
        assertTrue(result.succeeded(), result::message);
        work = result.values().arg1();
      }
    }

    String answer(int seed) {
      LuaState.Result result = lua.pcall(work, LuaValue.valueOf(seed));
      assertTrue(result.succeeded(), result::message);
      return result.values().arg1().tojstring();
    }
  }
}
