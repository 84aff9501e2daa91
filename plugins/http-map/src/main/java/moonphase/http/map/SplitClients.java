package moonphase.http.map;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Template;
import moonphase.spi.Variable;

/**
 * One {@code split_clients}: gives a variable its value by the hash of a text. Immutable.
 *
 * <p>Source: ngx_http_split_clients_variable.
 *
 * @param source the text that is hashed
 * @param parts in the order written
 */
record SplitClients(Template source, List<Part> parts) {
  private static final int WHOLE = 10_000;
  private static final long HIGHEST = 0xffff_ffffL;

  /**
   * A share of all texts.
   *
   * @param end their hashes are below it; 0: they are all that are left
   */
  private record Part(long end, String value) {}

  /** Reads a block and declares the variable that it is about. */
  static void read(Arguments args) {
    String name = args.variableName(1);
    List<Part> parts = new ArrayList<>();
    List<List<String>> entries = args.entries();
    int sum = 0;
    long end = 0;
    for (int i = 0; i < entries.size(); i++) {
      args.atEntry(i);
      List<String> words = entries.get(i);
      if (words.size() < 2) {
        throw args.error("invalid number of the split_clients parameters");
      }
      if (words.get(0).equals("*")) {
        sum = WHOLE;
        parts.add(new Part(0, words.get(1)));
      } else {
        int share = share(args, words.get(0));
        sum += share;
        end += share * HIGHEST / WHOLE;
        parts.add(new Part(end, words.get(1)));
      }
      if (sum > WHOLE) {
        throw args.error("percent total is greater than 100%");
      }
    }
    SplitClients split = new SplitClients(args.template(0), List.copyOf(parts));
    args.declare(Variable.cached(name, (exchange, asked) -> split.value(exchange)));
  }

  /** A share in hundredths of a percent. */
  private static int share(Arguments args, String text) {
    if (text.matches("\\d{1,6}(\\.\\d{0,2})?%|\\.\\d{1,2}%")) {
      int share =
          new BigDecimal(
                  "0" + text.substring(0, text.length() - 1) + (text.contains(".") ? "0" : ""))
              .movePointRight(2)
              .intValueExact();
      if (share > 0) {
        return share;
      }
    }
    throw args.error("invalid percent value \"" + text + "\"");
  }

  private String value(Exchange exchange) {
    long hash = Integer.toUnsignedLong(MurmurHash.of(source.evaluate(exchange)));
    for (Part part : parts) {
      if (hash < part.end || part.end == 0) {
        return part.value;
      }
    }
    return "";
  }
}
