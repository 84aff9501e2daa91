package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final int number;
  private final Configuration configuration;
  private final Chain chain;
  private final Closed closed;

  /**
   * What must not be served.
   *
   * @param modules what uses one of these is closed
   * @param isAll whether everything is
   */
  record Closed(Set<String> modules, boolean isAll) {
    static final Closed NOTHING = new Closed(Set.of(), false);

    /** This, and what a module acts in. */
    Closed and(Reach reach, boolean isExpectedBack) {
      if (reach.isLogOnly() && !isExpectedBack) {
        return this;
      }
      Set<String> more = new HashSet<>(modules);
      more.addAll(reach.names());
      return new Closed(Set.copyOf(more), isAll || reach.isEverywhere() && isExpectedBack);
    }
  }

  /** A cycle. */
  Cycle(KernelGeneration generation, Configuration configuration, Chain chain, Closed closed) {
    this.generation = generation;
    this.number = generation.nextCycle();
    this.configuration = configuration;
    this.chain = chain;
    this.closed = closed;
  }

  /** Its number among those of its generation. */
  int number() {
    return number;
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

  /** What is closed because a module is not there. */
  Closed closed() {
    return closed;
  }

  Chain chain() {
    return chain;
  }

  /**
   * This without what has gone meanwhile, and with what that acts in closed; this if nothing has.
   */
  Cycle withoutGone() {
    List<Plugin> rest = new ArrayList<>();
    Closed more = closed;
    for (Plugin plugin : chain.plugins()) {
      if (plugin.presence().isHere()) {
        rest.add(plugin);
      } else {
        more = more.and(chain.reach(plugin.module()), plugin.presence().isExpectedBack());
      }
    }
    return rest.size() == chain.plugins().size()
        ? this
        : new Cycle(generation, configuration, new Chain(rest), more);
  }

  /**
   * Whether a block uses a module that is not there, so that nothing in it may be served: it was
   * missing when this cycle was made, or has left for good since.
   */
  boolean isClosed(Block block) {
    if (closed.isAll) {
      return true;
    }
    for (String module : closed.modules) {
      if (block.modules().contains(module)) {
        return true;
      }
    }
    return generation.cycle() != this && hasLost(block);
  }

  private boolean hasLost(Block block) {
    for (Plugin plugin : chain.plugins()) {
      if (plugin.presence().hasLeft() && needs(block, plugin)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a block cannot be served without a service that has left. */
  boolean needs(Block block, Plugin left) {
    Reach reach = chain.reach(left.module());
    return !reach.isLogOnly()
        && reach.includes(block)
        && (!reach.isEverywhere() || left.presence().isExpectedBack());
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
    Loop loop = exchange.calls().loop();
    Object outer = loop.inside();
    for (Step step : chain.log()) {
      if (step.plugin().presence().hasLeft()) {
        continue;
      }
      loop.enter(step);
      try {
        step.handler().handle(exchange);
      } catch (RuntimeException | Error e) {
        exchange.log().log(
            LogLevel.ALERT, "the log handler of " + step.plugin().described() + " failed", e);
      } finally {
        loop.leave(outer);
      }
    }
  }
}
