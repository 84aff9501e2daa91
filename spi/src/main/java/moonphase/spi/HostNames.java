package moonphase.spi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Values by name, where a name may begin or end with a wildcard, as those of hosts do. For one
 * thread while it is filled, for any thread after that.
 *
 * <p>Source: ngx_hash_add_key, ngx_hash_find_combined.
 *
 * @param <V> the type of the values
 */
@ProviderType
public final class HostNames<V> {
  private final Map<String, V> exact = new HashMap<>();

  /** By what follows the star and its dot. */
  private final Map<String, V> suffixes = new HashMap<>();

  /** By what stands before the dot and its star. */
  private final Map<String, V> prefixes = new HashMap<>();

  /** What became of a name. */
  public enum Outcome {
    /** It is there now. */
    ADDED,
    /** It is not written as a name with a wildcard is. */
    INVALID,
    /** There is a value under that name. */
    CONFLICT
  }

  /** No name. */
  public HostNames() {}

  /** Adds a name; case does not count. */
  public Outcome add(String name, V value) {
    return put(exact, name.toLowerCase(Locale.ROOT), value);
  }

  /** Adds a name that may be {@code .example.com}, {@code *.example.com} or {@code www.*}. */
  public Outcome addHost(String name, V value) {
    String host = name.toLowerCase(Locale.ROOT);
    long stars = host.chars().filter(c -> c == '*').count();
    if (stars > 1 || host.contains("..") || host.indexOf('\0') >= 0) {
      return Outcome.INVALID;
    }
    if (host.startsWith(".") && host.length() > 1) {
      Outcome outcome = put(exact, host.substring(1), value);
      return outcome == Outcome.ADDED ? put(suffixes, host.substring(1), value) : outcome;
    }
    if (host.startsWith("*.") && host.length() > 2) {
      return put(suffixes, host.substring(2), value);
    }
    if (host.endsWith(".*") && host.length() > 2) {
      return put(prefixes, host.substring(0, host.length() - 2), value);
    }
    return stars > 0 ? Outcome.INVALID : put(exact, host, value);
  }

  private static <V> Outcome put(Map<String, V> values, String name, V value) {
    return values.putIfAbsent(name, value) == null ? Outcome.ADDED : Outcome.CONFLICT;
  }

  /** Whether there is no name. */
  public boolean isEmpty() {
    return exact.isEmpty() && suffixes.isEmpty() && prefixes.isEmpty();
  }

  /** The value of a name: its own, or that of the longest wildcard that fits; null for none. */
  public @Nullable V find(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    V found = exact.get(name);
    if (found == null && !suffixes.isEmpty()) {
      for (int dot = name.indexOf('.');
          found == null && dot >= 0;
          dot = name.indexOf('.', dot + 1)) {
        found = suffixes.get(name.substring(dot + 1));
      }
    }
    if (found == null && !prefixes.isEmpty()) {
      for (int dot = name.lastIndexOf('.');
          found == null && dot > 0;
          dot = name.lastIndexOf('.', dot - 1)) {
        found = prefixes.get(name.substring(0, dot));
      }
    }
    return found;
  }
}
