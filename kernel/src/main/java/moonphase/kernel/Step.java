package moonphase.kernel;

import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;

/**
 * One place of the walk: who decides there, and what its verdict means. Immutable.
 *
 * @param checker what a verdict means here
 * @param handler who decides; {@link #NOBODY} for a step of the engine's own
 * @param plugin whose handler it is
 * @param next where the walk goes on if this phase is left early
 */
record Step(Checker checker, PhaseHandler handler, Plugin plugin, int next) {
  /** The handler of steps that the engine takes by itself. */
  static final PhaseHandler NOBODY = exchange -> Verdict.DECLINED;

  /** What its handler is called in messages. */
  String handlerName() {
    Object named = handler instanceof BlockingStep blocking ? blocking.handler() : handler;
    return "handler " + named.getClass().getName() + " of " + plugin.described();
  }

  /** Whose handler it is, for messages. */
  String module() {
    return plugin.module();
  }

  /** What a verdict means; see the table in {@link Verdict}. */
  enum Checker {
    /** POST_READ, PREACCESS, PRECONTENT. */
    GENERIC,
    /** SERVER_REWRITE, REWRITE. */
    REWRITE,
    /** The choice of a location. */
    FIND_CONFIG,
    /** Back to the choice of a location if the URI was changed. */
    POST_REWRITE,
    /** ACCESS. */
    ACCESS,
    /** The verdict of {@code satisfy any}. */
    POST_ACCESS,
    /** CONTENT. */
    CONTENT,
    /** Nobody has answered: 403 or 404. */
    NO_CONTENT
  }
}
