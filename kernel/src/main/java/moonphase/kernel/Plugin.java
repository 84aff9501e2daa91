package moonphase.kernel;

import java.util.Optional;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.BodyFilter;
import moonphase.spi.FilterOf;
import moonphase.spi.GenerationListener;
import moonphase.spi.HandlerOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;

/**
 * A service that takes part: a module, a handler, a filter, a listener, or several of these at
 * once. Immutable but for its presence, any thread.
 *
 * @param service the object
 * @param phase where it handles; empty if it is no handler
 * @param module the module it belongs to; empty for a listener alone
 * @param ranking its {@code service.ranking}; the greater goes first
 * @param origin the symbolic name of its bundle; decides between equal rankings
 * @param presence whether it is still there
 */
record Plugin(
    Object service,
    Optional<Phase> phase,
    String module,
    int ranking,
    String origin,
    Presence presence) {
  /** What the engine does by itself. */
  static final Plugin CORE = new Plugin(Step.NOBODY, Optional.empty(), "core", 0, "");

  /** One that is there. */
  Plugin(Object service, Optional<Phase> phase, String module, int ranking, String origin) {
    this(service, phase, module, ranking, origin, new Presence());
  }

  /** What a service says of itself by its annotations and its class. */
  static Plugin of(Object service) {
    HandlerOf handler = service.getClass().getAnnotation(HandlerOf.class);
    FilterOf filter = service.getClass().getAnnotation(FilterOf.class);
    String module =
        handler != null
            ? handler.module()
            : filter != null
                ? filter.module()
                : service instanceof HttpModule named ? named.name() : "";
    return new Plugin(
        service,
        handler == null ? Optional.empty() : Optional.of(handler.phase()),
        module,
        0,
        service.getClass().getPackageName());
  }

  /** Services that are equal may be others. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** What it is called in messages. */
  String described() {
    return "module \"" + module + "\"" + (origin.isEmpty() ? "" : " of bundle " + origin);
  }

  /** Why this cannot be served; empty if it can. */
  String complaint() {
    boolean handles = service instanceof PhaseHandler || service instanceof BlockingPhaseHandler;
    boolean filters = service instanceof HeaderFilter || service instanceof BodyFilter;
    if (handles && phase.isEmpty()) {
      return "the handler has no property \"phase\" that names a phase";
    }
    if ((handles || filters) && module.isEmpty()) {
      return "the property \"module\" is missing";
    }
    if (service instanceof HttpModule named && !named.name().equals(module)) {
      return "the property \"module\" is \""
          + module
          + "\" but the module's name is \""
          + named.name()
          + "\"";
    }
    return handles
            || filters
            || service instanceof HttpModule
            || service instanceof GenerationListener
        ? ""
        : "it is no module, handler, filter or listener";
  }
}
