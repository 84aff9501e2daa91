package moonphase.echo;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Template;

/**
 * Words to write, with blanks between them and a line end unless {@code -n} came first. Immutable.
 */
record EchoText(List<Template> words, boolean hasLineEnd) {

  static EchoText of(Arguments args) {
    boolean lineEnd = true;
    int first = 0;
    while (first < args.size() && args.get(first).equals("-n")) {
      lineEnd = false;
      first++;
    }
    if (first < args.size() && args.get(first).equals("--")) {
      first++;
    }
    List<Template> words = new ArrayList<>();
    for (int i = first; i < args.size(); i++) {
      words.add(args.template(i));
    }
    return new EchoText(List.copyOf(words), lineEnd);
  }

  String evaluate(Exchange exchange) {
    if (words.size() == 1 && !hasLineEnd) {
      return words.getFirst().evaluate(exchange);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      if (i > 0) {
        text.append(' ');
      }
      text.append(words.get(i).evaluate(exchange));
    }
    return hasLineEnd ? text.append('\n').toString() : text.toString();
  }
}
