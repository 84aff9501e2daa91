package moonphase.http.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Network;
import moonphase.spi.Template;
import moonphase.spi.Variable;

/**
 * Reads a {@code geo} and declares its variable. For the reading thread.
 *
 * <p>Deviation: binary files of ranges are neither written nor read; they save nginx time only.
 *
 * <p>Source: ngx_http_geo_block, ngx_http_geo.
 */
final class GeoReader {
  private final Arguments args;
  private final List<Network> proxies = new ArrayList<>();
  private Lookup lookup = new Networks();
  private boolean isFirst = true;
  private boolean isRecursive;

  private GeoReader(Arguments args) {
    this.args = args;
  }

  /** Reads a block and declares the variable that it is about. */
  static void read(Arguments args) {
    Optional<Template> source =
        args.size() == 1
            ? Optional.empty()
            : Optional.of(args.template("$" + args.variableName(0)));
    String name = args.variableName(args.size() - 1);
    GeoReader reader = new GeoReader(args);
    reader.readEntries();
    Geo geo = new Geo(source, List.copyOf(reader.proxies), reader.isRecursive, reader.lookup);
    args.declare(Variable.cached(name, (exchange, asked) -> geo.value(exchange)));
  }

  private void readEntries() {
    List<List<String>> entries = args.entries();
    for (int i = 0; i < entries.size(); i++) {
      args.atEntry(i);
      List<String> words = entries.get(i);
      if (words.size() == 1 && words.get(0).equals("ranges")) {
        useRanges();
      } else if (words.size() == 1 && words.get(0).equals("proxy_recursive")) {
        isRecursive = true;
      } else if (words.size() != 2) {
        throw args.error("invalid number of the geo parameters");
      } else {
        add(words.get(0), words.get(1));
      }
    }
  }

  private void useRanges() {
    if (!isFirst) {
      throw args.error("the \"ranges\" directive must be the first directive inside \"geo\" block");
    }
    lookup = new Ranges();
  }

  private void add(String first, String second) {
    switch (first) {
      case "proxy" -> {
        proxies.add(Networks.read(args, second));
        return;
      }
      case "default" -> lookup.byDefault(args, second);
      case "delete" -> lookup.delete(args, second);
      default -> lookup.add(args, first, second);
    }
    isFirst = lookup instanceof Ranges;
  }
}
