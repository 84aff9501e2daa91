package moonphase.spi;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The variables as one exchange sees them. Worker thread only. */
@ProviderType
public interface Variables {
  /**
   * A variable's value.
   *
   * @param name without dollar sign, lower case, or the number of a capture
   * @return null if the variable is unknown or has no value
   */
  @Nullable String get(String name);

  /**
   * Sets a variable.
   *
   * @param value null for no value
   * @return what became of it
   */
  Outcome set(String name, @Nullable String value);

  /** What became of {@link #set}. */
  enum Outcome {
    /** It has the value now. */
    SET,
    /** No such variable was declared. */
    UNKNOWN,
    /** It is declared, but cannot be changed. */
    READ_ONLY
  }
}
