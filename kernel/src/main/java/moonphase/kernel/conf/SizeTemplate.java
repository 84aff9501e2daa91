package moonphase.kernel.conf;

import moonphase.kernel.variable.TextTemplate;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Quantity;
import moonphase.spi.Template;

/**
 * A size in bytes that may have variables in it. Immutable.
 *
 * <p>Source: ngx_http_set_complex_value_size_slot, ngx_http_complex_value_size.
 */
public final class SizeTemplate {
  /** The size 0. */
  static final SizeTemplate ZERO = new SizeTemplate(0);

  private final long constant;
  private final Template text;

  private SizeTemplate(long constant) {
    this.constant = constant;
    this.text = TextTemplate.constant("");
  }

  private SizeTemplate(Template text) {
    this.constant = Quantity.NONE;
    this.text = text;
  }

  /** The directive's only argument. */
  static SizeTemplate read(Arguments args) {
    Template text = args.template(0);
    return text.isConstant()
        ? new SizeTemplate(((Statement) args).size(0))
        : new SizeTemplate(text);
  }

  /** The size for an exchange; 0 and an {@code [error]} line if it is none. Worker thread. */
  public long bytes(Exchange exchange) {
    if (constant != Quantity.NONE) {
      return constant;
    }
    String value = text.evaluate(exchange);
    long size = parse(value);
    if (size == Quantity.NONE) {
      exchange.log().log(LogLevel.ERROR, "invalid size \"" + value + "\"");
      return 0;
    }
    return size;
  }

  /** A size as text; negative if it is none. */
  public static long parse(String text) {
    return Quantity.bytes(text, false);
  }
}
