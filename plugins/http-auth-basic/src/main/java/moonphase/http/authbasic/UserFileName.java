package moonphase.http.authbasic;

import java.nio.file.Path;
import java.util.Objects;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Template;

/**
 * The name of a user file; a relative one starts at the configuration file's folder.
 *
 * @param folder that folder, with a slash at its end
 * @param name may hold variables
 */
record UserFileName(String folder, Template name) {
  /** Reads the only argument. */
  static UserFileName read(Arguments args) {
    Path folder = FilePath.of(args.get(0));
    if (!folder.isAbsolute()) {
      int names = folder.getNameCount();
      folder = args.confFile(0);
      for (int i = 0; i < names; i++) {
        folder = Objects.requireNonNull(folder.getParent());
      }
    }
    return new UserFileName(FilePath.name(folder) + "/", args.template(0));
  }

  /** The name for this exchange. */
  String evaluate(Exchange exchange) {
    String value = name.evaluate(exchange);
    return value.startsWith("/") ? value : folder + value;
  }
}
