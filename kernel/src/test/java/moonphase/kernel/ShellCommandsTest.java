package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ShellCommandsTest extends KernelTestCase {
  private final ExecutorService control = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    control.shutdown();
  }

  /** Idle where no response is said. */
  private static final class Selective implements PhaseHandler {
    @Override
    public boolean isIdle(ConfBlock block) {
      return block.conf(Probe.KEY).words().isEmpty();
    }

    @Override
    public Verdict handle(Exchange exchange) {
      return Verdict.DECLINED;
    }
  }

  private ShellCommands shell() {
    Modules modules = kernel::present;
    return new ShellCommands(
        () -> {
          throw new AssertionError("the registry was asked");
        },
        List::of,
        () -> Optional.of(kernel.server()),
        new ControlCommands(control, modules, server -> {}));
  }

  private String turning(Supplier<String> command) throws Exception {
    CompletableFuture<String> text = CompletableFuture.supplyAsync(command);
    while (!text.isDone()) {
      transport.worker.turn();
      Thread.onSpinWait();
    }
    return text.get(1, TimeUnit.SECONDS);
  }

  @Test
  void cycles_countsRequestsOfEachThatLives() throws Exception {
    serve("location / { probe CONTENT wait; }");
    get("/");
    assertEquals(
        "generation 1: serving\n  cycle 2 (current): 1 open, 0 held\n", turning(shell()::cycles));
    assertEquals("", turning(shell()::reload));
    assertEquals(
        "generation 1: exiting\n  cycle 2 (current): 1 open, 0 held\n"
            + "generation 2: serving\n  cycle 2 (current): 0 open, 0 held\n",
        turning(shell()::cycles));
    probe.waiting.getFirst().conclude(Verdict.finish(204));
  }

  @Test
  void reloadOfABadFile_saysWhatNginxPrints() throws Exception {
    serve("location / { say old; }");
    conf("server { listen 8080; nonsense; }");
    String told = turning(shell()::reload);
    String file = prefix.resolve("conf/nginx.conf").toString();
    assertEquals("nginx: [emerg] unknown directive \"nonsense\" in " + file + ":3\n", told);
    assertEquals("old", get("/").body());
    assertEquals(List.of(), shown);
  }

  @Test
  void reload_servesTheNewFile() throws Exception {
    serve("location / { say old; }");
    conf("server { listen 8080; location / { say new; } }");
    assertEquals("", turning(shell()::reload));
    transport.worker.turn();
    assertEquals("new", get("/").body());
  }

  @Test
  void test_saysWhatNginxPrints_andChangesNothing() throws Exception {
    serve("location / { say old; }");
    String file = prefix.resolve("conf/nginx.conf").toString();
    conf("server { listen 8080; location / { say new; } }");
    assertEquals(
        "nginx: the configuration file "
            + file
            + " syntax is ok\nnginx: configuration file "
            + file
            + " test is successful\n",
        turning(shell()::test));
    conf("server { listen 8080; nonsense; }");
    assertEquals(
        "nginx: [emerg] unknown directive \"nonsense\" in "
            + file
            + ":3\nnginx: configuration file "
            + file
            + " test failed\n",
        turning(shell()::test));
    assertEquals("old", get("/").body());
  }

  @Test
  void phasesOfAPath_putsIdleHandlersInParentheses() {
    conf("server { listen 8080; location /busy { say a; } location /idle { } }");
    kernel = builder().add(Phase.ACCESS, "third", new Selective()).start();
    String busy = shell().phases("/busy");
    assertTrue(busy.startsWith("location /busy\n"), busy);
    assertTrue(busy.contains("\nACCESS: probe probe_too third\n"), busy);
    String idle = shell().phases("localhost/idle");
    assertTrue(idle.contains("\nACCESS: probe probe_too (third)\n"), idle);
    assertTrue(shell().phases("/other").startsWith("no location\n"));
  }
}
