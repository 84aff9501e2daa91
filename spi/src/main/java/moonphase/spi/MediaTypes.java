package moonphase.spi;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Types of responses, as directives like {@code gzip_types} list them; {@code *} stands for all.
 * Immutable, any thread.
 *
 * <p>Source: ngx_http_types_slot, ngx_http_test_content_type.
 */
@ProviderType
public final class MediaTypes {
  private static final String ANY = "*";

  private final Set<String> types;

  private MediaTypes(Set<String> types) {
    this.types = Set.copyOf(types);
  }

  /** The types named, in lower case. */
  public static MediaTypes of(String... types) {
    return new MediaTypes(Set.of(types));
  }

  /** These and the arguments of a directive. For the reading thread. */
  public MediaTypes with(Arguments args) {
    Set<String> all = new LinkedHashSet<>(types);
    for (int i = 0; i < args.size() && !all.contains(ANY); i++) {
      if (!all.add(args.get(i).toLowerCase(Locale.ROOT))) {
        args.warn("duplicate MIME type \"" + args.get(i) + "\"");
      }
    }
    return new MediaTypes(all);
  }

  /**
   * Whether a response's type is among them.
   *
   * @param type a field {@code Content-Type} with or without parameters; null for a response
   *     without one
   */
  public boolean contains(@Nullable String type) {
    if (types.contains(ANY)) {
      return true;
    }
    if (type == null) {
      return false;
    }
    int end = type.indexOf(';');
    String bare = end < 0 ? type : type.substring(0, end);
    return types.contains(bare.strip().toLowerCase(Locale.ROOT));
  }
}
