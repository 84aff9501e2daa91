package moonphase.http.map;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.HostNames;
import moonphase.spi.Template;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code map} and declares its variable. For the reading thread.
 *
 * <p>Source: ngx_http_map_block, ngx_http_map.
 */
final class MapReader {
  private final Arguments args;
  private final HostNames<Template> names = new HostNames<>();
  private final List<ValueMap.Expression> expressions = new ArrayList<>();
  private @Nullable Template byDefault;
  private boolean isOfHosts;
  private boolean isVolatile;

  private MapReader(Arguments args) {
    this.args = args;
  }

  /** Reads a block and declares the variable that it is about. */
  static void read(Arguments args) {
    Template source = args.template(0);
    String name = args.variableName(1);
    MapReader reader = new MapReader(args);
    reader.readEntries();
    ValueMap map =
        new ValueMap(
            source,
            reader.names,
            List.copyOf(reader.expressions),
            reader.byDefault == null ? args.template("") : reader.byDefault,
            reader.isOfHosts);
    Variable.Getter getter = (exchange, asked) -> map.value(exchange);
    args.declare(
        reader.isVolatile ? Variable.volatileOf(name, getter) : Variable.cached(name, getter));
  }

  private void readEntries() {
    List<List<String>> entries = args.entries();
    for (int i = 0; i < entries.size(); i++) {
      args.atEntry(i);
      List<String> words = entries.get(i);
      if (words.size() == 1 && words.get(0).equals("hostnames")) {
        isOfHosts = true;
      } else if (words.size() == 1 && words.get(0).equals("volatile")) {
        isVolatile = true;
      } else if (words.size() != 2) {
        throw args.error("invalid number of the map parameters");
      } else {
        add(words.get(0), args.template(words.get(1)));
      }
    }
  }

  private void add(String text, Template value) {
    if (text.equals("default")) {
      if (byDefault != null) {
        throw args.error("duplicate default map parameter");
      }
      byDefault = value;
    } else if (text.startsWith("~")) {
      boolean ignoresCase = text.startsWith("~*");
      expressions.add(
          new ValueMap.Expression(
              args.regex(text.substring(ignoresCase ? 2 : 1), ignoresCase), value));
    } else {
      String name = text.startsWith("\\") ? text.substring(1) : text;
      switch (isOfHosts ? names.addHost(name, value) : names.add(name, value)) {
        case INVALID -> throw args.error("invalid hostname or wildcard \"" + name + "\"");
        case CONFLICT -> throw args.error("conflicting parameter \"" + name + "\"");
        case ADDED -> {}
      }
    }
  }
}
