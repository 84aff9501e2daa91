package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Text with variables, for example {@code "$uri/${arg_a}.html"}. Immutable. */
@ProviderType
public interface Template {
  /** The text as written. */
  String source();

  /** Whether there is no variable in it. */
  boolean isConstant();

  /** The text with the variables' values; missing ones are empty. Worker thread only. */
  String evaluate(Exchange exchange);
}
