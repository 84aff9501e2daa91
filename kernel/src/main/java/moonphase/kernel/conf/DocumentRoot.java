package moonphase.kernel.conf;

import moonphase.kernel.variable.TextTemplate;
import moonphase.spi.Exchange;
import moonphase.spi.Location;
import moonphase.spi.Template;

/**
 * {@code root} or {@code alias}: where files lie. Immutable.
 *
 * @param path the folder; absolute if it is constant
 * @param prefix the server's prefix, for a folder that turns out relative
 * @param isAlias whether it takes the place of the location's prefix
 * @param stripped chars of a path that an alias takes the place of; -1: all of it, as in a location
 *     by expression
 */
public record DocumentRoot(Template path, String prefix, boolean isAlias, int stripped) {
  /** What holds where nothing was written: the folder {@code html}. */
  static DocumentRoot byDefault(String prefix) {
    return new DocumentRoot(TextTemplate.constant(prefix + "html"), prefix, false, 0);
  }

  /** The folder now, absolute, without a slash at its end. Worker thread only. */
  public String folder(Exchange exchange) {
    String folder = path.evaluate(exchange);
    return folder.startsWith("/") ? folder : prefix + folder;
  }

  /**
   * The file that a path stands for. Worker thread only.
   *
   * @param uri begins with a slash
   */
  public String file(Exchange exchange, String uri) {
    String folder = folder(exchange);
    if (!isAlias) {
      return folder + uri;
    }
    if (stripped < 0) {
      return exchange.attributes().get(Location.ADDS_URI) == null ? folder : folder + uri;
    }
    return folder + uri.substring(Math.min(stripped, uri.length()));
  }
}
