package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a {@link PhaseHandler} decided; the engine alone turns a verdict into motion.
 *
 * <pre>
 *   verdict        SERVER_REWRITE, REWRITE  ACCESS                     CONTENT   other phases
 *   DECLINED       next handler             next handler               next      next handler
 *   OK             finish with 200          satisfy all: next handler  finished  next phase
 *                                           satisfy any: next phase
 *   SUSPENDED      wait for conclude()      wait                       wait      wait
 *   finish(s)      finish                   finish (satisfy any: 401   finish    finish
 *                                           and 403 are kept for later)
 *   redirect(u)    internal redirect        the same                   the same  the same
 *   named(l)       named location           the same                   the same  the same
 *   ERROR          close the connection     the same                   the same  the same
 * </pre>
 *
 * In {@link Phase#LOG} every handler runs and the verdict is ignored. Immutable, any thread.
 *
 * <p>Source: nginx development guide, "HTTP phases"; the checkers of ngx_http_core_module.
 */
@ProviderType
public final class Verdict {
  /** The handler agrees, or has answered; see the table. */
  public static final Verdict OK = new Verdict(Kind.OK, 0, "", "");

  /** The handler has no opinion. */
  public static final Verdict DECLINED = new Verdict(Kind.DECLINED, 0, "", "");

  /** The handler holds a {@link Suspension} and will conclude it. */
  public static final Verdict SUSPENDED = new Verdict(Kind.SUSPENDED, 0, "", "");

  /** The response cannot be given or completed: the connection is closed without more bytes. */
  public static final Verdict ERROR = new Verdict(Kind.ERROR, 0, "", "");

  /** The shape of a verdict. */
  public enum Kind {
    /** See {@link Verdict#OK}. */
    OK,
    /** See {@link Verdict#DECLINED}. */
    DECLINED,
    /** See {@link Verdict#SUSPENDED}. */
    SUSPENDED,
    /** See {@link Verdict#ERROR}. */
    ERROR,
    /** See {@link Verdict#finish}. */
    FINISH,
    /** See {@link Verdict#redirect}. */
    REDIRECT,
    /** See {@link Verdict#named}. */
    NAMED
  }

  private final Kind kind;
  private final int status;
  private final String target;
  private final String args;

  private Verdict(Kind kind, int status, String target, String args) {
    this.kind = kind;
    this.status = status;
    this.target = target;
    this.args = args;
  }

  /**
   * Ends the request with {@code status}: below 300 the response is complete as it stands (its
   * header is sent if it was not), from 300 on the special response of that status or its {@code
   * error_page} is sent unless a response has begun; 444 closes the connection.
   *
   * @param status 100 to 999
   */
  public static Verdict finish(int status) {
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("status " + status + " is not in 100..999");
    }
    return new Verdict(Kind.FINISH, status, "", "");
  }

  /**
   * Starts the request over at SERVER_REWRITE with another URI; attributes are cleared, variables
   * stay. Ten redirects at most, then 500.
   *
   * @param uri the decoded path, without arguments
   * @param args the query string without its question mark, empty for none
   */
  public static Verdict redirect(String uri, String args) {
    return new Verdict(Kind.REDIRECT, 0, uri, args);
  }

  /**
   * Goes on at REWRITE in a named location, with the same URI.
   *
   * @param location the name with its {@code @}
   */
  public static Verdict named(String location) {
    return new Verdict(Kind.NAMED, 0, location, "");
  }

  /** The shape; never null. */
  public Kind kind() {
    return kind;
  }

  /** The status of {@link #finish}; 0 for the other kinds. */
  public int status() {
    return status;
  }

  /** The URI of {@link #redirect} or the name of {@link #named}; empty for the other kinds. */
  public String target() {
    return target;
  }

  /** The query string of {@link #redirect}; empty for the other kinds. */
  public String args() {
    return args;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case FINISH -> "finish(" + status + ")";
      case REDIRECT, NAMED -> kind.name().toLowerCase(java.util.Locale.ROOT) + "(" + target + ")";
      default -> kind.name();
    };
  }
}
