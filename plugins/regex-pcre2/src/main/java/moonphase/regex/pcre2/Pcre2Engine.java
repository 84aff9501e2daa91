package moonphase.regex.pcre2;

import java.util.Set;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine;
import org.osgi.service.component.annotations.Component;

/** The engine; the component does not start where libpcre2-8 is not installed. Any thread. */
@Component
public final class Pcre2Engine implements RegexEngine {
  private final Library library = new Library();

  /**
   * Loads the library.
   *
   * @throws IllegalStateException if it is not on this machine
   */
  public Pcre2Engine() {}

  @Override
  public String version() {
    return "PCRE2 " + library.version();
  }

  @Override
  public Regex compile(String pattern, Set<Option> options) {
    return new Pcre2Regex(library, pattern, options);
  }
}
