package moonphase.http.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Attributes;
import moonphase.spi.Captures;
import moonphase.spi.Exchange;
import moonphase.spi.Request;
import moonphase.spi.Template;

/**
 * Text of a script: variables, and captures {@code $1} to {@code $9} that are escaped where nginx
 * escapes them. Immutable.
 *
 * <p>nginx escapes a capture if the request's path came with percent signs or plus signs, in
 * arguments and redirects, and in every value until a {@code rewrite} of the same script matched.
 *
 * <p>Source: ngx_http_script_compile, ngx_http_script_copy_capture_code.
 */
final class Value {
  /** Whether a {@code rewrite} matched in the script that runs. */
  static final Attributes.Key<Boolean> IS_PLAIN = new Attributes.Key<>("rewrite: plain captures");

  private static final String HEX = "0123456789ABCDEF";
  private static final String ESCAPED_IN_ARGS = " \"#%&+;<>?\\^`{|}";

  private final List<Piece> pieces = new ArrayList<>();
  private final boolean hasQuestionMark;
  private int argsFrom = Integer.MAX_VALUE;

  /** A piece of the text: a template, or a capture if there is none. */
  private record Piece(Optional<Template> template, int capture) {}

  /**
   * Reads text.
   *
   * @param splitsArgs whether the first question mark begins the arguments, and is left out
   */
  Value(Arguments args, String text, boolean splitsArgs) {
    int start = 0;
    boolean question = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isCapture =
          c == '$' && i + 1 < text.length() && "123456789".indexOf(text.charAt(i + 1)) >= 0;
      boolean isSplit = c == '?' && splitsArgs && !question;
      question |= c == '?';
      if (isCapture || isSplit) {
        addText(args, text.substring(start, i));
        if (isCapture) {
          pieces.add(new Piece(Optional.empty(), text.charAt(++i) - '0'));
        } else {
          argsFrom = pieces.size();
        }
        start = i + 1;
      }
    }
    addText(args, text.substring(start));
    hasQuestionMark = question;
  }

  private void addText(Arguments args, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(Optional.of(args.template(text)), 0));
    }
  }

  /** Whether a question mark is written in the text. */
  boolean hasQuestionMark() {
    return hasQuestionMark;
  }

  /** Whether the text is divided into path and arguments. */
  boolean isSplit() {
    return argsFrom != Integer.MAX_VALUE;
  }

  /** The value for {@code set} and comparisons. */
  String evaluate(Exchange exchange) {
    return evaluate(exchange, !Boolean.TRUE.equals(exchange.attributes().get(IS_PLAIN)));
  }

  /** The whole text; captures are escaped if {@code isQuoting}. */
  String evaluate(Exchange exchange, boolean isQuoting) {
    return evaluate(exchange, 0, pieces.size(), isQuoting);
  }

  /** The text before the question mark. */
  String path(Exchange exchange) {
    return evaluate(exchange, 0, Math.min(argsFrom, pieces.size()), false);
  }

  /** The text behind the question mark. */
  String args(Exchange exchange) {
    return evaluate(exchange, argsFrom, pieces.size(), true);
  }

  private String evaluate(Exchange exchange, int from, int to, boolean isQuoting) {
    if (to - from == 1 && pieces.get(from).template.isPresent()) {
      return pieces.get(from).template.get().evaluate(exchange);
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces.subList(from, to)) {
      if (piece.template.isPresent()) {
        text.append(piece.template.get().evaluate(exchange));
        continue;
      }
      Optional<Captures> captures = exchange.request().captures();
      String group = captures.isPresent() ? captures.get().group(piece.capture) : null;
      if (group != null) {
        appendCapture(text, group, isQuoting && isQuoted(exchange));
      }
    }
    return text.toString();
  }

  private static void appendCapture(StringBuilder text, String group, boolean isEscaped) {
    if (!isEscaped) {
      text.append(group);
      return;
    }
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      if (c < 0x20 || c >= 0x7f || ESCAPED_IN_ARGS.indexOf(c) >= 0) {
        text.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      } else {
        text.append(c);
      }
    }
  }

  /** Whether the client's path came with percent or plus signs. */
  private static boolean isQuoted(Exchange exchange) {
    if (exchange.isSubrequest()) {
      return false;
    }
    Request request = exchange.request();
    String target = request.head().target();
    int end = target.indexOf('?');
    String path = end < 0 ? target : target.substring(0, end);
    return path.indexOf('%') >= 0 || path.indexOf('+') >= 0;
  }
}
