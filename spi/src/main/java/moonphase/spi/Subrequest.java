package moonphase.spi;

import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What to ask in a subrequest, and whom to tell. Immutable.
 *
 * @param uri the decoded path
 * @param args the query string without its question mark
 * @param method empty: the parent's
 * @param headers absent: a view of the parent's
 * @param body what its body is
 * @param output what becomes of its own body
 * @param variables how its variables relate to the parent's
 * @param prepare called with the new exchange before it runs
 * @param done told when it is over
 */
public record Subrequest(
    String uri,
    String args,
    String method,
    Optional<Headers> headers,
    Body body,
    Output output,
    Sharing variables,
    Consumer<Exchange> prepare,
    Listener done) {

  /** A subrequest whose body becomes part of the parent's, with the parent's method and body. */
  public static Subrequest to(String uri, String args, Listener done) {
    return new Subrequest(
        uri, args, "", Optional.empty(), Body.PARENT, Output.INLINE, Sharing.SHARED, x -> {}, done);
  }

  /** What the body of a subrequest is. */
  public enum Body {
    /** The parent's, as far as it was read. */
    PARENT,
    /** None; {@link Subrequest#prepare} may set one. */
    NONE
  }

  /** What becomes of the body that a subrequest sends. */
  public enum Output {
    /** It becomes part of the parent's, in the order in which subrequests and output were begun. */
    INLINE,
    /**
     * It is kept in memory for the listener. A verdict of 201, 204 or from 300 on, before a header
     * was sent, ends the subrequest there: status and no body, neither a page nor an {@code
     * error_page}. Source: ngx_http_lua_post_subrequest.
     */
    CAPTURED,
    /** It is dropped; the listener sees status and header. */
    DROPPED
  }

  /** Whether its body stays apart from the parent's. */
  public boolean isApart() {
    return output != Output.INLINE;
  }

  /** How variables of a subrequest relate to the parent's. */
  public enum Sharing {
    /** They are the parent's. */
    SHARED,
    /** They begin with the parent's values. */
    COPIED,
    /** They begin empty. */
    FRESH
  }

  /** Told when a subrequest is over. Worker thread; must not block. */
  @ConsumerType
  @FunctionalInterface
  public interface Listener {
    /**
     * The subrequest is over.
     *
     * @param exchange its status and header are in the response
     * @param body the captured body; empty if it was not captured
     * @param truncated whether the body ended before its time
     */
    void done(Exchange exchange, byte[] body, boolean truncated);
  }
}
