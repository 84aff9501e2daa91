package moonphase.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A variable that a module declares.
 *
 * @param name without dollar sign, lower case; for a family the prefix, for example {@code arg_}
 * @param isPrefix whether it is a family: every name that begins with {@code name}
 * @param isCacheable whether a value once computed holds for the rest of the request
 * @param getter computes the value
 * @param setter takes a value by {@code set} or a script; empty: it cannot be changed
 */
@ProviderType
public record Variable(
    String name, boolean isPrefix, boolean isCacheable, Getter getter, Optional<Setter> setter) {

  /** Computes a value. */
  @FunctionalInterface
  public interface Getter {
    /**
     * The value now. Worker thread; must not block.
     *
     * @param name the whole name asked for
     * @return null for no value
     */
    @Nullable String get(Exchange exchange, String name);
  }

  /** Takes a value. */
  @FunctionalInterface
  public interface Setter {
    /** Sets it. Worker thread; must not block. {@code value} is null for no value. */
    void set(Exchange exchange, @Nullable String value);
  }

  /** A variable that is computed once a request and cannot be changed. */
  public static Variable cached(String name, Getter getter) {
    return new Variable(name, false, true, getter, Optional.empty());
  }

  /** A variable that is computed at each use and cannot be changed. */
  public static Variable volatileOf(String name, Getter getter) {
    return new Variable(name, false, false, getter, Optional.empty());
  }

  /** A family of variables, computed at each use. */
  public static Variable family(String prefix, Getter getter) {
    return new Variable(prefix, true, false, getter, Optional.empty());
  }

  /** This variable, with a setter. */
  public Variable settable(Setter setter) {
    return new Variable(name, isPrefix, isCacheable, getter, Optional.of(setter));
  }
}
