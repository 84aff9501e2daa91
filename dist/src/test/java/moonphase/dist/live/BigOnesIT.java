package moonphase.dist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import moonphase.dist.Command;
import moonphase.dist.osgi.Felix;
import moonphase.dist.osgi.Provision;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bundles that others stand on are updated while requests flow: what was accepted is answered.
 * {@code -Dlive.full=true} does each five times with 64 clients, and allows no second without an
 * answer, which a busy machine might have without us.
 */
class BigOnesIT {
  private static final boolean FULL = Boolean.getBoolean("live.full");
  private static final int CLIENTS = FULL ? 64 : 8;
  private static final int TIMES = FULL ? 5 : 1;

  @TempDir Path folder;

  private static String judge(String target, String answer) {
    return !answer.startsWith("HTTP/1.1 200") ? "status" : answer.contains("X-Guard") ? "" : "open";
  }

  @ParameterizedTest
  @ValueSource(strings = {"luaj", "lua", "kernel", "transport.netty"})
  void update_answersWhatWasAccepted(String name) throws Exception {
    Versions versions = new Versions(folder);
    try (Felix felix =
        new Felix(
            folder.resolve("prefix"),
            versions.reports(),
            Versions.configuration(),
            List.of(versions.guard(0), versions.marked(0), versions.geo(0)),
            jar -> true)) {
      try (Load load =
          new Load(felix.socket(), CLIENTS, List.of("/plain", "/lua", "/echo"), BigOnesIT::judge)) {
        for (int i = 0; i < TIMES; i++) {
          awaitAnswers(load, 3 * CLIENTS);
          load.takeLongestGap();
          felix.update(felix.bundle("moonphase." + name), Provision.jar(name));
          awaitAnswers(load, 3 * CLIENTS);
          long gap = load.takeLongestGap();
          System.out.println(name + ": " + gap + " ms without an answer");
          assertTrue(!FULL || gap < 1_000, name + ": " + gap + " ms");
        }
        assertEquals(List.of(), load.failures().stream().limit(5).toList());
        assertTrue(name.startsWith("lua") == (load.reconnects() == 0), "connections");
      }
      assertEquals(List.of(), felix.idle());
    }
  }

  private static void awaitAnswers(Load load, int more) {
    long from = load.answers();
    Command.await("answers", () -> load.answers() >= from + more || !load.failures().isEmpty());
  }
}
