package moonphase.kernel.variable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import moonphase.spi.Captures;
import moonphase.spi.Exchange;
import moonphase.spi.Template;
import moonphase.spi.Variables;
import org.jspecify.annotations.Nullable;

/**
 * Text with variables: {@code $name}, {@code ${name}}, and captures {@code $1} to {@code $9}.
 * Immutable.
 *
 * <p>Source: ngx_http_script_compile.
 */
public final class TextTemplate implements Template {
  private final String source;

  /** The text if nothing in it changes; null otherwise. */
  private final @Nullable String constant;

  private final Piece[] pieces;

  /** A part of the text. */
  private sealed interface Piece {}

  private record Text(String text) implements Piece {}

  private record Reference(VariableTable.Slot slot) implements Piece {}

  private record Capture(int number) implements Piece {}

  private TextTemplate(String source, List<Piece> pieces) {
    this.source = source;
    this.pieces = pieces.toArray(Piece[]::new);
    this.constant =
        pieces.isEmpty()
            ? ""
            : pieces.size() == 1 && pieces.get(0) instanceof Text only ? only.text : null;
  }

  /** Text in which a dollar sign means itself. */
  public static TextTemplate constant(String text) {
    return new TextTemplate(text, List.of(new Text(text)));
  }

  /**
   * Reads text.
   *
   * @param variables gives the variable of a name, which is looked for later
   * @throws IllegalArgumentException in nginx's words if a variable is not written as one
   */
  public static TextTemplate compile(
      String source, Function<String, VariableTable.Slot> variables) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    int dollar;
    while ((dollar = source.indexOf('$', start)) >= 0) {
      if (dollar > start) {
        pieces.add(new Text(source.substring(start, dollar)));
      }
      int i = dollar + 1;
      char c = i < source.length() ? source.charAt(i) : '\0';
      if (c >= '1' && c <= '9') {
        pieces.add(new Capture(c - '0'));
        start = i + 1;
        continue;
      }
      boolean isBracketed = c == '{';
      int end = isBracketed ? ++i : i;
      while (end < source.length() && isNameChar(source.charAt(end))) {
        end++;
      }
      String name = source.substring(i, end);
      boolean isOpen = isBracketed && (end == source.length() || source.charAt(end) != '}');
      if (i == source.length() || (name.isEmpty() && !isOpen)) {
        throw new IllegalArgumentException("invalid variable name");
      }
      if (isOpen) {
        throw new IllegalArgumentException(
            "the closing bracket in \"" + name + "\" variable is missing");
      }
      pieces.add(new Reference(variables.apply(name)));
      start = isBracketed ? end + 1 : end;
    }
    if (start < source.length()) {
      pieces.add(new Text(source.substring(start)));
    }
    return new TextTemplate(source, pieces);
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public boolean isConstant() {
    return constant != null;
  }

  @Override
  public String evaluate(Exchange exchange) {
    if (constant != null) {
      return constant;
    }
    if (pieces.length == 1) {
      String only = value(pieces[0], exchange);
      return only == null ? "" : only;
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      String value = value(piece, exchange);
      if (value != null) {
        text.append(value);
      }
    }
    return text.toString();
  }

  private static @Nullable String value(Piece piece, Exchange exchange) {
    return switch (piece) {
      case Text text -> text.text;
      case Reference reference -> {
        Variables variables = exchange.variables();
        yield variables instanceof ExchangeVariables known
            ? known.value(reference.slot)
            : variables.get(reference.slot.name());
      }
      case Capture capture -> {
        Optional<Captures> captures = exchange.request().captures();
        yield captures.isPresent() ? captures.get().group(capture.number) : null;
      }
    };
  }

  @Override
  public String toString() {
    return source;
  }
}
