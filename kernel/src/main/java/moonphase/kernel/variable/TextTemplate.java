package moonphase.kernel.variable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import moonphase.kernel.variable.VariableTable.Definition;
import moonphase.spi.ConfException;
import moonphase.spi.Exchange;
import moonphase.spi.Template;
import org.jspecify.annotations.Nullable;

/**
 * Text with variables, cut into pieces when the configuration is read. Immutable but for what its
 * variables were found to be.
 *
 * <p>Source: ngx_http_script_compile.
 */
public final class TextTemplate implements Template {
  private final String source;
  private final VariableTable table;
  private final Piece[] pieces;

  /** Plain text, or the name of a variable. */
  private static final class Piece {
    private final String text;
    private final boolean isVariable;

    /** What the name stands for; null before the first use, and for families and captures. */
    private @Nullable Definition definition;

    Piece(String text, boolean isVariable) {
      this.text = text;
      this.isVariable = isVariable;
    }
  }

  private TextTemplate(String source, VariableTable table, List<Piece> pieces) {
    this.source = source;
    this.table = table;
    this.pieces = pieces.toArray(Piece[]::new);
  }

  /**
   * Cuts a text into pieces.
   *
   * @param table is told of the variables in it
   * @param error makes the exception for a malformed text
   */
  public static TextTemplate of(
      String source, VariableTable table, Function<String, ConfException> error) {
    List<Piece> pieces = new ArrayList<>(2);
    int start = 0;
    for (int at = source.indexOf('$'); at >= 0; at = source.indexOf('$', start)) {
      if (at > start) {
        pieces.add(new Piece(source.substring(start, at), false));
      }
      start = variable(source, at, pieces, error);
      table.use(pieces.getLast().text);
    }
    if (start < source.length()) {
      pieces.add(new Piece(source.substring(start), false));
    }
    return new TextTemplate(source, table, pieces);
  }

  /** Reads the variable whose dollar sign is at {@code at}; returns where the text goes on. */
  private static int variable(
      String source, int at, List<Piece> pieces, Function<String, ConfException> error) {
    int i = at + 1;
    if (i < source.length() && source.charAt(i) >= '1' && source.charAt(i) <= '9') {
      pieces.add(new Piece(source.substring(i, i + 1), true));
      return i + 1;
    }
    boolean bracket = i < source.length() && source.charAt(i) == '{';
    if (bracket) {
      i++;
    }
    int end = i;
    while (end < source.length() && isNamePart(source.charAt(end))) {
      end++;
    }
    String name = source.substring(i, end);
    if (bracket && (end == source.length() || source.charAt(end) != '}')) {
      throw error.apply("the closing bracket in \"" + name + "\" variable is missing");
    }
    if (name.isEmpty()) {
      throw error.apply("invalid variable name");
    }
    pieces.add(new Piece(name.toLowerCase(java.util.Locale.ROOT), true));
    return bracket ? end + 1 : end;
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public boolean isConstant() {
    return pieces.length == 0 || pieces.length == 1 && !pieces[0].isVariable;
  }

  @Override
  public String evaluate(Exchange exchange) {
    if (pieces.length == 0) {
      return "";
    }
    if (pieces.length == 1) {
      return text(pieces[0], exchange);
    }
    StringBuilder text = new StringBuilder(source.length() + 32);
    for (Piece piece : pieces) {
      text.append(text(piece, exchange));
    }
    return text.toString();
  }

  private String text(Piece piece, Exchange exchange) {
    if (!piece.isVariable) {
      return piece.text;
    }
    ExchangeVariables variables = (ExchangeVariables) exchange.variables();
    Definition definition = piece.definition;
    if (definition == null) {
      definition = table.find(piece.text);
      piece.definition = definition;
    }
    String value = definition == null ? variables.get(piece.text) : variables.get(definition);
    return value == null ? "" : value;
  }
}
