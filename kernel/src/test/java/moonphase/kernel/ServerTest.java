package moonphase.kernel;

import static moonphase.spi.Directive.directive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import moonphase.spi.Conf;
import moonphase.spi.ConfException;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.Generation;
import moonphase.spi.GenerationListener;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ServerTest extends KernelTestCase {

  /** Another module with one directive. */
  @HandlerOf(phase = Phase.ACCESS, module = "guard")
  private static final class Guard implements HttpModule, PhaseHandler {
    static final ConfKey<GuardConf> KEY = new ConfKey<>("guard", new GuardConf(0));

    record GuardConf(int status) implements Conf<GuardConf> {
      @Override
      public GuardConf inherit(GuardConf outer) {
        return status > 0 ? this : outer;
      }
    }

    @Override
    public String name() {
      return "guard";
    }

    @Override
    public List<Directive<?>> directives() {
      return List.of(
          directive("guard")
              .in(Level.SERVER, Level.LOCATION)
              .args(1)
              .sets(KEY, (conf, args) -> new GuardConf(args.number(0))));
    }

    @Override
    public Verdict handle(Exchange exchange) {
      int status = exchange.conf(KEY).status;
      return status > 1 ? Verdict.finish(status) : Verdict.DECLINED;
    }
  }

  private final Guard guard = new Guard();

  private void serveGuarded() {
    conf(
        "server { listen 8080; location / { say open; }"
            + " location /closed { guard 403; say secret; } }");
    kernel = builder().add(guard).start();
    transport.worker.turn();
  }

  @Test
  void moduleThatGoes_closesWhatUsesIt() throws Exception {
    serveGuarded();
    assertEquals(403, get("/closed").status());
    turning(() -> kernel.remove(guard));
    assertEquals("open", get("/").body());
    FakeStream waiting = get("/closed");
    assertEquals(0, waiting.status());
    transport.worker.advance(5_000);
    assertEquals(503, waiting.status());
    assertTrue(waiting.ended);
  }

  @Test
  void moduleThatComesBack_letsWaitingRequestsGoOn() throws Exception {
    serveGuarded();
    turning(() -> kernel.remove(guard));
    FakeStream waiting = get("/closed");
    transport.worker.advance(2_000);
    turning(() -> kernel.add(guard));
    transport.worker.turn();
    assertEquals(403, waiting.status());
  }

  @Test
  void requestOnAModuleThatGoes_isWaitedFor() throws Exception {
    conf("server { listen 8080; location / { guard 1; probe CONTENT wait; } }");
    kernel = builder().add(guard).start();
    transport.worker.turn();
    get("/");
    CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> kernel.remove(guard));
    while (!errorLog().contains("module \"guard\" is not there")) {
      transport.worker.turn();
      Thread.onSpinWait();
    }
    assertFalse(removal.isDone());
    probe.waiting.getFirst().conclude(Verdict.finish(204));
    turning(removal);
  }

  @Test
  void requestThatNeverConcludes_isEndedByTheSwap_withItsHandlersName() throws Exception {
    conf("server { listen 8080; location / { guard 1; probe CONTENT wait; } }");
    kernel = builder().globals("module_swap_timeout 50ms;").add(guard).start();
    transport.worker.turn();
    FakeStream stream = get("/");
    turning(() -> kernel.remove(guard));
    assertTrue(stream.aborted);
    String log = errorLog();
    assertTrue(log.contains("[alert]"), log);
    assertTrue(log.contains("module \"guard\" goes, the request on it is ended"), log);
    assertTrue(log.contains("it waited for the handler "), log);
  }

  @Test
  void requestThatWaitsForAModule_keepsNoOtherFromLeaving() throws Exception {
    conf("server { listen 8080; location / { guard 1; probe ACCESS DECLINED; say x; } }");
    kernel = builder().globals("module_swap_timeout 1m;").add(guard).start();
    transport.worker.turn();
    turning(() -> kernel.remove(guard));
    FakeStream waiting = get("/");
    assertEquals(0, waiting.status());
    turning(() -> kernel.remove(probe));
    assertFalse(waiting.aborted);
    turning(() -> kernel.add(probe));
    turning(() -> kernel.add(guard));
    transport.worker.turn();
    assertEquals("x", waiting.body());
  }

  @Test
  void reload_servesTheNewFile() throws Exception {
    serve("location / { say old; }");
    assertEquals("old", get("/").body());
    conf("server { listen 8080; location / { say new; } }");
    kernel.reload();
    transport.worker.turn();
    assertEquals("new", get("/").body());
  }

  @Test
  void reloadOfABadFile_servesTheOldOne_andSaysWhy() {
    serve("location / { say old; }");
    conf("server { listen 8080; nonsense; }");
    assertThrows(ConfException.class, kernel::reload);
    assertEquals("old", get("/").body());
    assertTrue(errorLog().contains("[emerg]"));
    assertTrue(errorLog().contains("unknown directive \"nonsense\""));
  }

  @Test
  void startWithABadFile_isAnEmerg() {
    conf("server { listen 8080; nonsense; }");
    ConfException e = assertThrows(ConfException.class, () -> builder().start());
    assertTrue(e.getMessage().startsWith("unknown directive \"nonsense\" in "), e.getMessage());
    assertEquals(List.of("nginx: [emerg] " + e.getMessage()), shown);
    assertTrue(errorLog().contains("[emerg]"));
    assertTrue(transport.bound.isEmpty());
  }

  @Test
  void addressesOfTheNewFile_areBound_andOldOnesClosed() {
    serve("location / { }");
    conf("server { listen 8081; }");
    kernel.reload();
    assertEquals(List.of("0.0.0.0:8081"), transport.bound);
  }

  @Test
  void generation_tellsItsLife() throws Exception {
    List<String> told = new ArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void configured(Generation g) {
            told.add("configured " + g.number() + " bound " + transport.bound.size());
          }

          @Override
          public void workerStarted(Generation g, Worker worker) {
            told.add("started " + g.number());
          }

          @Override
          public void workerExiting(Generation g, Worker worker) {
            told.add("exiting " + g.number() + " " + g.isExiting());
          }

          @Override
          public void workerExited(Generation g, Worker worker) {
            told.add("exited " + g.number());
          }

          @Override
          public void retired(Generation g) {
            told.add("retired " + g.number());
          }
        };
    conf("server { listen 8080; location / { probe ACCESS wait; say x; } }");
    kernel = builder().add(listener).start();
    transport.worker.turn();
    FakeStream stream = get("/");
    kernel.reload();
    transport.worker.turn();
    assertEquals(
        List.of(
            "configured 1 bound 0",
            "started 1",
            "configured 2 bound 1",
            "started 2",
            "exiting 1 true"),
        told);
    told.clear();
    probe.waiting.getFirst().conclude(Verdict.OK);
    transport.worker.turn();
    assertEquals("x", stream.body());
    assertEquals(List.of("exited 1", "retired 1"), told);
    told.clear();
    turning(kernel::quit);
    assertEquals(List.of("exiting 2 true", "exited 2", "retired 2"), told);
  }

  @Test
  void quit_waitsForRequests_andClosesConnections() throws Exception {
    serve("location / { probe ACCESS wait; say x; }");
    FakeStream stream = get("/");
    CompletableFuture<Void> end = CompletableFuture.runAsync(kernel::quit);
    while (!transport.bound.isEmpty()) {
      transport.worker.turn();
    }
    transport.worker.turn();
    assertFalse(end.isDone());
    probe.waiting.getFirst().conclude(Verdict.OK);
    turning(end);
    assertEquals("x", stream.body());
    assertFalse(stream.sent.isKeepAlive());
  }

  @Test
  void stop_endsRequests() throws Exception {
    serve("location / { probe ACCESS wait; say x; }");
    FakeStream stream = get("/");
    turning(kernel::stop);
    assertTrue(stream.aborted);
    assertTrue(probe.trace.contains("log 0"));
  }

  /** Turns the worker while something that waits for it runs elsewhere. */
  private void turning(Runnable task) throws Exception {
    turning(CompletableFuture.runAsync(task));
  }

  private void turning(CompletableFuture<Void> task) throws Exception {
    while (!task.isDone()) {
      transport.worker.turn();
      Thread.onSpinWait();
    }
    task.get(1, TimeUnit.SECONDS);
  }

  @Test
  void listenerThatRefuses_keepsTheEarlierGeneration() {
    List<String> told = new ArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void configured(Generation g) {
            if (g.number() == 2) {
              throw new ConfException("refused by a test");
            }
          }

          @Override
          public void retired(Generation g) {
            told.add("retired " + g.number());
          }
        };
    conf("server { listen 8080; location / { say old; } }");
    kernel = builder().add(listener).start();
    transport.worker.turn();
    assertThrows(ConfException.class, kernel::reload);
    assertEquals("old", get("/").body());
    assertEquals(List.of("retired 2"), told);
    assertTrue(errorLog().contains("[emerg] "));
    assertTrue(errorLog().contains("refused by a test"));
  }

  @Test
  void addressInUse_isTriedAgain_andThenAnEmerg() {
    conf("server { listen 8080; }");
    transport.refusal = "Address already in use";
    ConfException e = assertThrows(ConfException.class, () -> builder().start());
    assertEquals("still could not bind()", e.getMessage());
    String refused = "[emerg] bind() to 0.0.0.0:8080 failed (98: Address already in use)";
    assertEquals(5, shown.stream().filter(line -> line.equals("nginx: " + refused)).count());
    assertEquals("nginx: [emerg] still could not bind()", shown.getLast());
    assertTrue(errorLog().contains("[notice] "));
    assertTrue(errorLog().contains(": try again to bind() after 500ms"));
    assertEquals(5, transport.refused);
  }
}
