package moonphase.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Header fields in the order they were added; names compare without case.
 *
 * <p>Not for several threads at once. Values are Latin-1 text without line ends; whoever adds a
 * value from outside checks that.
 */
@ProviderType
public final class Headers {
  private String[] names = new String[8];
  private String[] values = new String[8];
  private int size;

  /** No field. */
  public Headers() {}

  /** A copy of {@code other}. */
  public Headers(Headers other) {
    names = other.names.clone();
    values = other.values.clone();
    size = other.size;
  }

  /** The number of fields, repeated ones counted each. */
  public int size() {
    return size;
  }

  /** The name of field {@code i}, as it was added. */
  public String name(int i) {
    return names[i];
  }

  /** The value of field {@code i}. */
  public String value(int i) {
    return values[i];
  }

  /** Gives field {@code i} another value; its name and place are kept. */
  public void value(int i, String value) {
    values[i] = value;
  }

  /** The first value of a field, or null if there is none. */
  public @Nullable String get(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : values[i];
  }

  /** All values of a field in order; empty if there is none. */
  public List<String> all(String name) {
    int i = indexOf(name, 0);
    if (i < 0) {
      return List.of();
    }
    List<String> all = new ArrayList<>(2);
    for (; i >= 0; i = indexOf(name, i + 1)) {
      all.add(values[i]);
    }
    return all;
  }

  /** Whether a field is there. */
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  /** The index of the first field of that name at or after {@code from}, or -1. */
  public int indexOf(String name, int from) {
    for (int i = from; i < size; i++) {
      if (isSame(names[i], name)) {
        return i;
      }
    }
    return -1;
  }

  /** Names differ in their length or first letter more often than not. */
  private static boolean isSame(String a, String b) {
    int length = a.length();
    return length == b.length()
        && (length == 0 || (a.charAt(0) | 0x20) == (b.charAt(0) | 0x20))
        && a.equalsIgnoreCase(b);
  }

  /** Adds a field after the others. */
  public void add(String name, String value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    names[size] = name;
    values[size++] = value;
  }

  /** Makes this the only field of its name, in the place of the first one. */
  public void set(String name, String value) {
    int first = indexOf(name, 0);
    if (first < 0) {
      add(name, value);
      return;
    }
    names[first] = name;
    values[first] = value;
    for (int i = indexOf(name, first + 1); i >= 0; i = indexOf(name, i)) {
      removeAt(i);
    }
  }

  /** Removes every field of that name; returns whether there was one. */
  public boolean remove(String name) {
    int i = indexOf(name, 0);
    if (i < 0) {
      return false;
    }
    for (; i >= 0; i = indexOf(name, i)) {
      removeAt(i);
    }
    return true;
  }

  /** Removes field {@code i}; the ones behind it move up. */
  public void removeAt(int i) {
    int moved = --size - i;
    System.arraycopy(names, i + 1, names, i, moved);
    System.arraycopy(values, i + 1, values, i, moved);
  }

  /** Removes every field. */
  public void clear() {
    size = 0;
  }

  /**
   * A value with its control characters, line ends above all, percent-encoded, so that text from
   * outside stays one field; the value itself if there are none.
   *
   * <p>Source: ngx_http_lua_copy_escaped_header.
   */
  public static String escape(String value) {
    int i = 0;
    while (i < value.length() && !isControl(value.charAt(i))) {
      i++;
    }
    if (i == value.length()) {
      return value;
    }
    StringBuilder s = new StringBuilder(value.length() + 8);
    for (char c : value.toCharArray()) {
      if (isControl(c)) {
        s.append('%').append(String.format("%02X", (int) c));
      } else {
        s.append(c);
      }
    }
    return s.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\t' || c == 0x7f;
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < size; i++) {
      s.append(names[i]).append(": ").append(values[i]).append('\n');
    }
    return s.toString();
  }
}
