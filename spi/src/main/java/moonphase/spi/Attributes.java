package moonphase.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Values that modules keep with an exchange, or with one reading of the configuration. Only for the
 * worker thread, or for the one that reads.
 */
@ProviderType
public final class Attributes {
  private @Nullable Object[] slots = new Object[8];
  private int size;

  /** No attribute. */
  public Attributes() {}

  /** The value under {@code key}; null if there is none. */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T get(Key<T> key) {
    for (int i = 0; i < size; i += 2) {
      if (slots[i] == key) {
        return (T) slots[i + 1];
      }
    }
    return null;
  }

  /** Puts a value under {@code key}; null removes nothing but is given back by {@code get}. */
  public <T> void put(Key<T> key, @Nullable T value) {
    for (int i = 0; i < size; i += 2) {
      if (slots[i] == key) {
        slots[i + 1] = value;
        return;
      }
    }
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size * 2);
    }
    slots[size++] = key;
    slots[size++] = value;
  }

  /** Forgets everything, as an internal redirect does. */
  public void clear() {
    Arrays.fill(slots, 0, size, null);
    size = 0;
  }

  /** Names an attribute; compared by identity. */
  public static final class Key<T> {
    private final String name;

    /** A new key; the name is for debugging. */
    public Key(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
