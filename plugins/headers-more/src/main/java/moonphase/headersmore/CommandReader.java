package moonphase.headersmore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import moonphase.spi.Arguments;

/**
 * Reads the options and fields of a directive.
 *
 * <p>Source: README of headers-more; ngx_http_headers_more_parse_header.
 */
final class CommandReader {
  private static final Set<String> BUILTIN =
      Set.of(
          "server",
          "date",
          "content-encoding",
          "location",
          "refresh",
          "last-modified",
          "content-range",
          "accept-ranges",
          "www-authenticate",
          "expires",
          "e-tag",
          "content-length",
          "content-type",
          "cache-control");

  private final Arguments args;
  private final String options;
  private final boolean isSetting;
  private final List<String> types = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private boolean appending;
  private boolean replacing;

  /**
   * A reader of one directive.
   *
   * @param options the letters it knows
   * @param isSetting false: the fields are removed whatever value stands behind them
   */
  CommandReader(Arguments args, String options, boolean isSetting) {
    this.args = args;
    this.options = options;
    this.isSetting = isSetting;
  }

  Command read() {
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.startsWith("-")) {
        i += option(word, i);
      } else if (!word.isEmpty()) {
        changes.add(change(word));
      }
    }
    if (appending) {
      for (Change change : changes) {
        if (BUILTIN.contains(change.name().toLowerCase(Locale.ROOT))) {
          throw error("can not append builtin headers \"" + change.name() + "\"");
        }
      }
    }
    return new Command(
        List.copyOf(types), List.copyOf(statuses), appending, replacing, List.copyOf(changes));
  }

  /** Reads an option; returns how many words behind it belong to it. */
  private int option(String word, int i) {
    char letter = word.length() == 2 ? word.charAt(1) : ' ';
    if (options.indexOf(letter) < 0) {
      throw error("invalid option name: \"" + word + "\"");
    }
    if (letter == 'a' || letter == 'r') {
      appending |= letter == 'a';
      replacing |= letter == 'r';
      return 0;
    }
    if (i + 1 == args.size()) {
      throw error("option " + word + " takes an argument.");
    }
    for (String item : args.get(i + 1).strip().split(letter == 't' ? "[\\s;]+" : "\\s+")) {
      if (!item.isEmpty() && letter == 't') {
        types.add(item);
      } else if (!item.isEmpty()) {
        statuses.add(status(item, args.get(i + 1)));
      }
    }
    return 1;
  }

  private int status(String item, String list) {
    for (char c : item.toCharArray()) {
      if (c < '0' || c > '9') {
        throw error("invalid digit \"" + c + "\" found in the status code list \"" + list + "\"");
      }
    }
    return item.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(item);
  }

  /** Reads {@code Name: value}; colons and spaces before the value do not count. */
  private Change change(String word) {
    String field = word.stripLeading();
    int end = 0;
    while (end < field.length() && !isGap(field.charAt(end))) {
      end++;
    }
    int start = end;
    while (start < field.length() && isGap(field.charAt(start))) {
      start++;
    }
    String name = field.substring(0, end);
    if (name.isEmpty()) {
      throw error("no key found in the header argument: " + word);
    }
    if (name.equals("*")) {
      throw error("wildcard key too short: " + word);
    }
    return new Change(
        name,
        isSetting && start < field.length()
            ? Optional.of(args.template(field.substring(start)))
            : Optional.empty());
  }

  private static boolean isGap(char c) {
    return c == ':' || Character.isWhitespace(c);
  }

  private RuntimeException error(String message) {
    return args.error(args.name() + ": " + message);
  }
}
