package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One request and its response on their way through the phases; a subrequest has one of its own.
 *
 * <p>Worker thread only, except {@link Suspension#conclude}. An exchange keeps the configuration,
 * handlers and variables it began with, whatever is installed meanwhile.
 */
@ProviderType
public interface Exchange {
  /** What was asked. */
  Request request();

  /** The answer under way. */
  Response response();

  /**
   * The configuration of a module where this exchange stands: the location's, or the server's
   * before a location was chosen.
   *
   * @param key the module's key
   * @return never null; {@link ConfKey#unset()} merged, if nothing was written
   */
  <C extends Conf<C>> C conf(ConfKey<C> key);

  /** Where in the configuration this exchange stands. */
  Location location();

  /** The client's connection; its worker runs everything of this exchange. */
  Connection connection();

  /** The variables as this exchange sees them. */
  Variables variables();

  /** Values that modules keep with this exchange. An internal redirect clears them. */
  Attributes attributes();

  /** The error log of this location; a line carries the connection and the request. */
  ErrorLog log();

  /** The main request: this one if it is no subrequest. */
  Exchange main();

  /**
   * Stops the walk until the suspension is concluded. The caller returns {@link Verdict#SUSPENDED}.
   *
   * @throws IllegalStateException if suspended already
   */
  Suspension suspend();

  /**
   * Starts a subrequest; it runs as soon as the calling handler returns to the event loop.
   *
   * @param subrequest what to ask and whom to tell
   * @return the subrequest's exchange
   * @throws IllegalStateException beyond 50 nested levels, or 65,535 at once
   */
  Exchange subrequest(Subrequest subrequest);

  /**
   * Has something run when this exchange is over and its log phase was run, also after an abort;
   * the last registered runs first. Runs at once if the exchange is over.
   *
   * @param cleanup must not block
   */
  void onEnd(Runnable cleanup);

  /** Whether this is a subrequest. */
  default boolean isSubrequest() {
    return main() != this;
  }
}
