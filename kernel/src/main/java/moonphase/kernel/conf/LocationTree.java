package moonphase.kernel.conf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The locations of a server or a location, as nginx chooses among them. Immutable, any thread.
 *
 * <p>Source: nginx manual, "location"; ngx_http_core_find_location.
 */
public final class LocationTree {
  /**
   * What was found.
   *
   * @param block the location; null: none, the server's own level is in force
   * @param isMissingSlash whether only a slash at the end is missing: 301 to the path with it
   * @param matches the expressions that matched on the way, to be applied in order
   */
  public record Found(@Nullable Block block, boolean isMissingSlash, List<RegexMatch> matches) {}

  /**
   * The location of a path.
   *
   * @param uri decoded and normalised
   * @throws moonphase.spi.RegexException if a match was given up: answer 500
   */
  public Found find(String uri) {
    throw new UnsupportedOperationException();
  }
}
