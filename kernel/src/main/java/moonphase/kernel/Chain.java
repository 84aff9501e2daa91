package moonphase.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.kernel.Step.Checker;
import moonphase.kernel.conf.Block;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.BodyFilter;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;

/**
 * The handlers of all phases in one flat array, and the filters. Any thread; what it answers never
 * changes.
 */
final class Chain {
  private final Step[] steps;
  private final Step[] log;
  private final HeaderFilter[] headerFilters;
  private final BodyFilter[] bodyFilters;
  private final BodyFilter[] mergedFilters;
  private final Set<Plugin> plugins = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Reach> reach;
  private final int serverRewrite;
  private final int rewrite;

  /** What was asked for so far. */
  private final Map<Block, LocalChain> local = new ConcurrentHashMap<>();

  /** A chain of the services present. */
  Chain(List<Plugin> plugins) {
    this.plugins.addAll(plugins);
    this.reach = Reach.table(plugins);
    List<Step> all = new ArrayList<>();
    add(all, Phase.POST_READ, Checker.GENERIC, plugins);
    serverRewrite = all.size();
    add(all, Phase.SERVER_REWRITE, Checker.REWRITE, plugins);
    int findConfig = all.size();
    all.add(new Step(Checker.FIND_CONFIG, Step.NOBODY, Plugin.CORE, findConfig + 1));
    rewrite = all.size();
    add(all, Phase.REWRITE, Checker.REWRITE, plugins);
    all.add(new Step(Checker.POST_REWRITE, Step.NOBODY, Plugin.CORE, findConfig));
    add(all, Phase.PREACCESS, Checker.GENERIC, plugins);
    add(all, Phase.ACCESS, Checker.ACCESS, plugins);
    all.add(new Step(Checker.POST_ACCESS, Step.NOBODY, Plugin.CORE, all.size() + 1));
    add(all, Phase.PRECONTENT, Checker.GENERIC, plugins);
    add(all, Phase.CONTENT, Checker.CONTENT, plugins);
    all.add(new Step(Checker.NO_CONTENT, Step.NOBODY, Plugin.CORE, all.size()));
    steps = all.toArray(Step[]::new);
    List<Step> last = new ArrayList<>();
    add(last, Phase.LOG, Checker.GENERIC, plugins);
    log = last.toArray(Step[]::new);
    headerFilters = PhaseOrder.headerFilters(plugins);
    bodyFilters = PhaseOrder.bodyFilters(plugins, false);
    mergedFilters = PhaseOrder.bodyFilters(plugins, true);
  }

  private static void add(List<Step> steps, Phase phase, Checker checker, List<Plugin> plugins) {
    List<Plugin> handlers = PhaseOrder.handlers(phase, plugins);
    // access that was granted skips the verdict of those who refused, which stands behind them
    int next = steps.size() + handlers.size() + (checker == Checker.ACCESS ? 1 : 0);
    for (Plugin plugin : handlers) {
      PhaseHandler handler =
          plugin.service() instanceof BlockingPhaseHandler blocking
              ? new BlockingStep(blocking, plugin)
              : (PhaseHandler) plugin.service();
      steps.add(new Step(checker, handler, plugin, next));
    }
  }

  /** Whether a service takes part. */
  boolean has(Plugin plugin) {
    return plugins.contains(plugin);
  }

  /** The services that take part; nobody changes it. */
  Set<Plugin> plugins() {
    return plugins;
  }

  /** Where a module acts. */
  Reach reach(String module) {
    return reach.getOrDefault(module, Reach.NOWHERE);
  }

  /** The walk of a request; nobody changes it. */
  Step[] steps() {
    return steps;
  }

  /** What runs when a request is over; nobody changes it. */
  Step[] log() {
    return log;
  }

  /** The filters of status and header, first to run first; nobody changes it. */
  HeaderFilter[] headerFilters() {
    return headerFilters;
  }

  /** The filters of the body of each request and subrequest; nobody changes it. */
  BodyFilter[] bodyFilters() {
    return bodyFilters;
  }

  /** The filters of the body with its subrequests in order; nobody changes it. */
  BodyFilter[] mergedFilters() {
    return mergedFilters;
  }

  /** This chain as a block of the configuration needs it. */
  LocalChain at(Block block) {
    LocalChain known = local.get(block);
    return known != null ? known : local.computeIfAbsent(block, b -> LocalChain.of(this, b));
  }

  /** Where SERVER_REWRITE begins. */
  int serverRewrite() {
    return serverRewrite;
  }

  /** Where REWRITE begins. */
  int rewrite() {
    return rewrite;
  }
}
