package moonphase.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A directive as written, while the configuration is read.
 *
 * <p>The methods that interpret an argument throw {@link ConfException} in nginx's words when it is
 * none of the kind asked for. Indices count from 0, the directive's name not included.
 */
@ProviderType
public interface Arguments {
  /** The directive's name. */
  String name();

  /** The number of arguments. */
  int size();

  /** Argument {@code i} without its quotes. */
  String get(int i);

  /** Argument {@code i} as text with variables; they are checked when all was read. */
  Template template(int i);

  /** Text from anywhere as text with variables. */
  Template template(String text);

  /** {@code on} or {@code off}. */
  boolean flag(int i);

  /** A whole number of 0 or more. */
  int number(int i);

  /** A size in bytes: {@code 8k}, {@code 1m}, {@code 1g}. */
  long bytes(int i);

  /** A time in milliseconds; a bare number counts seconds. */
  long millis(int i);

  /** A file of the configuration: relative names start at the configuration file's folder. */
  Path confFile(int i);

  /** A file of the server: relative names start at the prefix. */
  Path file(int i);

  /**
   * The variable that argument {@code i} names with its dollar sign.
   *
   * @return without dollar sign, lower case, never empty
   * @throws ConfException {@code invalid variable name "x"} if the dollar sign or the name is
   *     missing
   */
  String variableName(int i);

  /** An expression in argument {@code i}. */
  default Regex regex(int i, boolean ignoresCase) {
    return regex(get(i), ignoresCase);
  }

  /** An expression from anywhere, such as an argument without the bracket at its end. */
  Regex regex(String pattern, boolean ignoresCase);

  /**
   * A log file that the server keeps open and opens anew on USR1. Two directives that name the same
   * file share it.
   *
   * @param name relative names start at the prefix; {@code syslog:server=...} names a syslog server
   *     instead, to which each text is sent as one message
   */
  LogFile logFile(String name);

  /** What modules keep as long as this configuration is read. */
  Attributes attributes();

  /** The block of a directive with {@link Directive.Body#BLOCK}. */
  ConfBlock block();

  /** The lines of a directive with {@link Directive.Body#ENTRIES}; each has one word or more. */
  List<List<String>> entries();

  /**
   * Has the errors and warnings that follow point to line {@code i} of {@link #entries} rather than
   * to the end of the block.
   */
  default void atEntry(int i) {}

  /** The text of a directive with {@link Directive.Body#RAW}, without its braces. */
  String text();

  /**
   * A module's configuration on the level {@code http} as far as it was read, for what is declared
   * there and named elsewhere.
   */
  <C extends Conf<C>> C http(ConfKey<C> key);

  /**
   * Changes a module's configuration on the level {@code http}, wherever this directive stands, for
   * what concerns the configuration as a whole; without effect outside of {@code http}. The setter
   * of a directive that itself stands on that level returns the changed configuration instead.
   */
  <C extends Conf<C>> void http(ConfKey<C> key, UnaryOperator<C> change);

  /** The level on which the directive stands. */
  Level level();

  /** The file as scripts name it: {@code nginx.conf}, or its name below the main file's folder. */
  String fileName();

  /** The line of the directive's name, from 1. */
  int line();

  /** The line where the directive ended. */
  int endLine();

  /** The server's prefix, with a slash at its end. */
  String prefix();

  /**
   * Declares a variable that this directive gives values to; what gave values to it before does so
   * no longer.
   *
   * @throws ConfException {@code the duplicate "x" variable} if one is there that cannot change
   */
  void declare(Variable variable);

  /**
   * Declares a variable that has no value of its own until it is set, as a named group does;
   * declaring it twice is the same as once.
   *
   * @throws ConfException {@code the duplicate "x" variable} if one is there that cannot change
   */
  default void declare(String name) {
    declare(name, (exchange, variable) -> null);
  }

  /**
   * Declares a variable that can be set, as {@code set} does; declaring it twice is the same as
   * once.
   *
   * @param name without dollar sign
   * @param unset gives the value as long as none was set; the first declaration's counts
   * @throws ConfException {@code the duplicate "x" variable} if one is there that cannot change
   */
  void declare(String name, Variable.Getter unset);

  /**
   * Has a request that lacks only the slash at the end of this location's prefix redirected to the
   * path with it, as directives do that pass requests on. Without effect in a location whose text
   * has no slash at its end.
   */
  void redirectsMissingSlash();

  /** An error that names this directive's file and line; the caller throws it. */
  ConfException error(String message);

  /** Writes a {@code [warn]} line that names this directive's file and line. */
  void warn(String message);

  /**
   * Writes an {@code [alert]} line that names this directive's file and line; a kernel that has no
   * such line writes a warning.
   */
  default void alert(String message) {
    warn(message);
  }

  /** Says once, at level info, that this directive has no effect here, and why. */
  void hasNoEffect(String reason);
}
