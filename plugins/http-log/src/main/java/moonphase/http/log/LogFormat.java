package moonphase.http.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;

/**
 * What a line of an access log looks like. Immutable.
 *
 * @param escape how values are made safe
 * @param pieces text and variables
 */
record LogFormat(LogEscape escape, List<Piece> pieces) {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w*)(\\})?|(\\w*))");

  /**
   * A piece of a line.
   *
   * @param isVariable whether {@code text} is a variable's name
   * @param text text, or a name in lower case
   */
  record Piece(boolean isVariable, String text) {}

  /** Reads {@code log_format name [escape=...] string...}. */
  static LogFormat read(Arguments args) {
    LogEscape escape = LogEscape.DEFAULT;
    int first = 1;
    if (args.get(1).startsWith("escape=")) {
      escape = escape(args, args.get(1).substring("escape=".length()));
      first = 2;
    }
    List<Piece> pieces = new ArrayList<>();
    for (int i = first; i < args.size(); i++) {
      check(args, args.get(i));
      addPieces(pieces, args.get(i));
    }
    return new LogFormat(escape, List.copyOf(pieces));
  }

  /** A format of ours. */
  static LogFormat of(String text) {
    List<Piece> pieces = new ArrayList<>();
    addPieces(pieces, text);
    return new LogFormat(LogEscape.DEFAULT, List.copyOf(pieces));
  }

  private static LogEscape escape(Arguments args, String name) {
    return switch (name) {
      case "default" -> LogEscape.DEFAULT;
      case "json" -> LogEscape.JSON;
      case "none" -> LogEscape.NONE;
      default -> throw args.error("unknown log format escaping \"" + name + "\"");
    };
  }

  /** Complains about malformed variables; the template sees to it that they are known. */
  private static void check(Arguments args, String text) {
    for (Matcher variable = VARIABLE.matcher(text); variable.find(); ) {
      if (variable.group(1) != null && variable.group(2) == null) {
        throw args.error(
            "the closing bracket in \"" + variable.group(1) + "\" variable is missing");
      }
      String name = name(variable);
      if (name.isEmpty()) {
        throw args.error("invalid parameter \"" + text.substring(variable.start()) + "\"");
      }
      args.template("${" + name + "}");
    }
  }

  private static void addPieces(List<Piece> pieces, String text) {
    int end = 0;
    for (Matcher variable = VARIABLE.matcher(text); variable.find(); end = variable.end()) {
      if (variable.start() > end) {
        pieces.add(new Piece(false, text.substring(end, variable.start())));
      }
      pieces.add(new Piece(true, name(variable)));
    }
    if (end < text.length()) {
      pieces.add(new Piece(false, text.substring(end)));
    }
  }

  private static String name(Matcher variable) {
    String name = variable.group(1) != null ? variable.group(1) : variable.group(3);
    return name.toLowerCase(Locale.ROOT);
  }

  /** The line of an exchange, with its line end. Worker thread. */
  String line(Exchange exchange) {
    StringBuilder line = new StringBuilder(160);
    for (Piece piece : pieces) {
      if (piece.isVariable) {
        escape.append(line, exchange.variables().get(piece.text));
      } else {
        line.append(piece.text);
      }
    }
    return line.append('\n').toString();
  }
}
