package moonphase.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A value that may be unset; {@link #inherit} is the whole of nginx's merge. Immutable.
 *
 * @param <T> the type of the value
 */
@ProviderType
public final class Setting<T> {
  private static final Setting<?> UNSET = new Setting<>(null);

  private final @Nullable T value;

  private Setting(@Nullable T value) {
    this.value = value;
  }

  /** No value. */
  @SuppressWarnings("unchecked")
  public static <T> Setting<T> unset() {
    return (Setting<T>) UNSET;
  }

  /** A value. */
  public static <T> Setting<T> of(T value) {
    return new Setting<>(Objects.requireNonNull(value));
  }

  /** Whether there is a value. */
  public boolean isSet() {
    return value != null;
  }

  /** This, or the outer one if this is unset. */
  public Setting<T> inherit(Setting<T> outer) {
    return isSet() ? this : outer;
  }

  /** The value, or {@code byDefault} if there is none. */
  public T orElse(T byDefault) {
    return value == null ? byDefault : value;
  }
}
