package moonphase.spi;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Compiles PCRE expressions: a service. Any thread. */
@ConsumerType
public interface RegexEngine {
  /** How an expression is read and matched; the letters are those of {@code ngx.re}. */
  enum Option {
    /** {@code i}. */
    CASELESS,
    /** {@code m}. */
    MULTILINE,
    /** {@code s}. */
    DOTALL,
    /** {@code x}. */
    EXTENDED,
    /** {@code a}. */
    ANCHORED,
    /** {@code u}. */
    UTF,
    /** {@code U}: UTF without checking the subject. */
    UTF_UNCHECKED,
    /** {@code D} of {@code ngx.re}: groups may share a name. */
    DUPLICATE_NAMES,
    /** {@code J} of {@code ngx.re}: as ECMAScript has {@code \\u}, {@code []} and unset groups. */
    JAVASCRIPT,
    /** A dollar sign stands for the very end of the subject only. */
    DOLLAR_END_ONLY,
    /** {@code d}: the longest match, by the DFA algorithm. */
    DFA,
    /** {@code j}: worth compiling to machine code. */
    JIT
  }

  /** The library behind it, for example {@code PCRE2 10.42}. */
  String version();

  /**
   * Compiles.
   *
   * @param pattern Latin-1
   * @throws RegexException with PCRE's message
   */
  Regex compile(String pattern, Set<Option> options);
}
