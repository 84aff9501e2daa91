package moonphase.kernel;

import java.util.Set;
import moonphase.kernel.conf.Block;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.conf.VirtualServers;
import moonphase.spi.LogLevel;

/**
 * What a request sees, from its first byte to its last: configuration and chain. Immutable, any
 * thread; a module that comes or goes is another cycle of the same generation.
 */
final class Cycle {
  private final KernelGeneration generation;
  private final Configuration configuration;
  private final Chain chain;
  private final Set<String> closed;

  /**
   * A cycle.
   *
   * @param closed the modules that the configuration uses and that are not there
   */
  Cycle(KernelGeneration generation, Configuration configuration, Chain chain, Set<String> closed) {
    this.generation = generation;
    this.configuration = configuration;
    this.chain = chain;
    this.closed = closed;
  }

  KernelGeneration generation() {
    return generation;
  }

  Configuration configuration() {
    return configuration;
  }

  /** Who answers at an address, by its index in the configuration. */
  VirtualServers servers(int listen) {
    return configuration.listens().get(listen).servers();
  }

  /** The modules that are not there and close what uses them. */
  Set<String> closed() {
    return closed;
  }

  Chain chain() {
    return chain;
  }

  /** Whether a block uses a module that is not there, so that nothing in it may be served. */
  boolean isClosed(Block block) {
    if (closed.isEmpty()) {
      return false;
    }
    for (String module : block.modules()) {
      if (closed.contains(module)) {
        return true;
      }
    }
    return false;
  }

  /** Counts a main request in; on its worker. */
  void enter(KernelExchange exchange) {
    generation.open(exchange.connection().worker()).add(exchange);
  }

  /** Counts a main request out; on its worker. */
  void leave(KernelExchange exchange) {
    generation.open(exchange.connection().worker()).remove(exchange);
  }

  /** Runs every handler of the log phase; verdicts are ignored. */
  void runLog(KernelExchange exchange) {
    for (Step step : chain.log()) {
      try {
        step.handler().handle(exchange);
      } catch (RuntimeException | Error e) {
        exchange.log().log(
            LogLevel.ALERT, "the log handler of module \"" + step.module() + "\" failed", e);
      }
    }
  }
}
