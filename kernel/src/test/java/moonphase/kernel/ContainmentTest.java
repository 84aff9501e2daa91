package moonphase.kernel;

import static moonphase.spi.Directive.directive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HandlerOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Variable;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A module that misbehaves is named, and the others serve on. */
@NullUnmarked
class ContainmentTest extends KernelTestCase {
  private static final String ALERT = "[alert]";

  /** Keeps the thread until the watchdog has written, at most ten seconds. */
  private void block() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!errorLog().contains("worker 0 is at ") && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String alert() {
    List<String> lines = errorLog().lines().filter(line -> line.contains(ALERT)).toList();
    assertEquals(1, lines.size(), errorLog());
    return lines.getFirst();
  }

  private void blockIfAsked(Exchange exchange) {
    if (exchange.request().uri().equals("/stuck")) {
      block();
    }
  }

  private String modules() {
    var nothing = new ModuleRegistry.Snapshot(Offer.of(List.of()), List.of());
    var control = new ControlCommands(ForkJoinPool.commonPool(), kernel::present, server -> {});
    return new ShellCommands(() -> nothing, List::of, () -> Optional.of(kernel.server()), control)
        .modules();
  }

  private void serve(Object... services) {
    conf("server { listen 8080; location / { say hello; } }");
    KernelBuilder builder = builder();
    for (Object service : services) {
      builder.add(service);
    }
    kernel = builder.start();
    transport.worker.turn();
  }

  @HandlerOf(phase = Phase.ACCESS, module = "stuck")
  private final class Stuck implements PhaseHandler {
    @Override
    public Verdict handle(Exchange exchange) {
      blockIfAsked(exchange);
      return Verdict.DECLINED;
    }
  }

  @FilterOf(module = "stuck")
  private final class StuckFilter implements HeaderFilter {
    @Override
    public Verdict filterHeader(Exchange exchange) {
      blockIfAsked(exchange);
      return Verdict.OK;
    }
  }

  @HandlerOf(phase = Phase.ACCESS, module = "broken")
  private static final class Broken implements PhaseHandler {
    @Override
    public Verdict handle(Exchange exchange) {
      if (exchange.request().uri().equals("/broken")) {
        throw new NoClassDefFoundError("gone/Missing");
      }
      return Verdict.DECLINED;
    }
  }

  /** Declares what others may declare as well. */
  private record Claims(String name, List<Directive<?>> directives, List<Variable> variables)
      implements HttpModule {}

  private static Directive<?> say() {
    return directive("say").in(Level.LOCATION).args(1).sets(Probe.KEY, (conf, args) -> conf);
  }

  private static Variable claimed(String value) {
    return Variable.volatileOf("claimed", (exchange, name) -> value);
  }

  private static long watchdogs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("watchdog"))
        .count();
  }

  @Test
  void handlerThatBlocks_isNamedOnce_andTheOthersServeOn() {
    serve(new Stuck());
    assertEquals("hello", get("/stuck").body());
    String line = alert();
    String blamed =
        "handler " + Stuck.class.getName() + " of module \"stuck\" of bundle moonphase.kernel";
    assertTrue(line.contains("worker 0 is blocked for more than a second by the " + blamed), line);
    assertTrue(line.contains(": at "), line);
    assertTrue(line.contains(ContainmentTest.class.getName() + ".block("), line);
    assertFalse(line.contains("HandlerCalls"), line);
    assertEquals("hello", get("/other").body());
    assertTrue(modules().contains("blocked: worker 0 "), modules());
    assertTrue(modules().contains(blamed + " for "), modules());
  }

  @Test
  void filterThatBlocks_isNamed() {
    serve(new StuckFilter());
    assertEquals("hello", get("/stuck").body());
    String line = alert();
    String blamed =
        "filter " + StuckFilter.class.getName() + " of module \"stuck\" of bundle moonphase.kernel";
    assertTrue(line.contains(blamed), line);
  }

  @Test
  void watchdog_livesAsLongAsTheServer() throws Exception {
    long before = watchdogs();
    serve(new Broken());
    assertEquals(before + 1, watchdogs());
    CompletableFuture<Void> end = CompletableFuture.runAsync(kernel::stop);
    while (!end.isDone()) {
      transport.worker.turn();
      Thread.onSpinWait();
    }
    end.get(1, TimeUnit.SECONDS);
    assertEquals(before, watchdogs());
  }

  @Test
  void handlerThatThrowsAnError_isA500_withItsBundlesName_andTheOthersServeOn() {
    serve(new Broken());
    assertEquals(500, get("/broken").status());
    String log = errorLog();
    assertTrue(
        log.contains(
            "the handler "
                + Broken.class.getName()
                + " of module \"broken\" of bundle moonphase.kernel failed"),
        log);
    assertTrue(log.contains("java.lang.NoClassDefFoundError: gone/Missing"), log);
    assertEquals("hello", get("/other").body());
  }

  @Test
  void directiveOfAnotherModule_isRefused_andTheFirstServesOn() {
    serve(new Claims("late", List.of(say()), List.of()));
    assertEquals("hello", get("/").body());
    assertTrue(modules().contains("refused: module \"late\": "), modules());
    assertTrue(modules().contains("\"say\""), modules());
  }

  @Test
  void variableOfAnotherModule_isRefused_andTheFirstServesOn() {
    serve(
        new Claims("early", List.of(), List.of(claimed("first"))),
        new Claims("late", List.of(), List.of(claimed("second"))));
    assertEquals("hello", get("/").body());
    assertTrue(modules().contains("refused: module \"late\": "), modules());
    assertTrue(modules().contains("claimed"), modules());
    assertFalse(modules().contains("refused: module \"early\""), modules());
  }
}
