package moonphase.kernel.conf;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code types}: media types by extension. Immutable.
 *
 * @param byExtension extensions in lower case, without dot
 */
public record MediaTypes(Map<String, String> byExtension) {
  /** What holds where no {@code types} is in force. */
  public static final MediaTypes DEFAULT =
      new MediaTypes(Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg"));

  /**
   * The type of a file.
   *
   * @param uri its extension decides, in any case
   * @return null if there is none
   */
  public @Nullable String of(String uri) {
    for (int i = uri.length() - 1; i >= 0; i--) {
      char c = uri.charAt(i);
      if (c == '/' || (c == '.' && i == uri.length() - 1)) {
        return null;
      }
      if (c == '.') {
        return byExtension.get(uri.substring(i + 1).toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }
}
