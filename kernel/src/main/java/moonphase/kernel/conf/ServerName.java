package moonphase.kernel.conf;

import java.util.Locale;
import java.util.Optional;
import moonphase.kernel.variable.CoreVariables;
import moonphase.spi.Regex;

/**
 * A name of a virtual server. Immutable.
 *
 * <p>Source: ngx_http_core_server_name.
 *
 * @param text in lower case unless it is an expression; an expression without its tilde
 * @param regex the expression, if it is one
 */
record ServerName(String text, Optional<Regex> regex) {
  /** The name of a server that was given none. */
  static final ServerName NONE = new ServerName("", Optional.empty());

  /** As {@code $server_name} shows it. */
  String shown() {
    return regex.isPresent() ? "~" + text : text.startsWith(".") ? text.substring(1) : text;
  }

  /** Reads the directive into its server. */
  static void read(Statement args) {
    ServerBlock server = args.reading().servers().of(args.outer());
    for (String word : args.arguments()) {
      if ((word.startsWith("*") && (word.length() < 3 || word.charAt(1) != '.'))
          || word.equals(".")) {
        throw args.error("server name \"" + word + "\" is invalid");
      }
      if (word.indexOf('/') >= 0) {
        args.warn("server name \"" + word + "\" has suspicious symbols");
      }
      if (!word.startsWith("~")) {
        String text = word.equalsIgnoreCase("$hostname") ? CoreVariables.hostname() : word;
        server.add(new ServerName(text.toLowerCase(Locale.ROOT), Optional.empty()));
        continue;
      }
      if (word.length() == 1) {
        throw args.error("empty regex in server name \"" + word + "\"");
      }
      String pattern = word.substring(1);
      boolean hasCapitals = pattern.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
      server.add(new ServerName(pattern, Optional.of(args.regex(pattern, hasCapitals))));
    }
  }
}
