package moonphase.spi;

import java.util.Locale;

/** nginx's levels of the error log, most urgent first. */
public enum LogLevel {
  /** Always written; its tag is empty. */
  STDERR,
  /** The server cannot go on. */
  EMERG,
  /** Something that must not happen happened. */
  ALERT,
  /** A failure outside this request. */
  CRIT,
  /** A request failed. */
  ERROR,
  /** Something odd that was dealt with. */
  WARN,
  /** Worth knowing. */
  NOTICE,
  /** An everyday event. */
  INFO,
  /** For whoever looks into it. */
  DEBUG;

  /** The word between the brackets of a log line; empty for STDERR. */
  public String tag() {
    return this == STDERR ? "" : name().toLowerCase(Locale.ROOT);
  }
}
