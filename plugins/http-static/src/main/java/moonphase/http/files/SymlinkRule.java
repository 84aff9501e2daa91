package moonphase.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Template;

/**
 * {@code disable_symlinks}: whether files may be reached by symbolic links. Immutable.
 *
 * <p>Deviation: the links are looked at before the file is opened, so that one who can change the
 * folder at that very moment is not kept out; nginx opens folder by folder.
 *
 * <p>Source: ngx_http_disable_symlinks, ngx_open_file_wrapper.
 *
 * @param mode which links are refused
 * @param from a beginning of the path that is not looked at
 */
record SymlinkRule(Mode mode, Optional<Template> from) {
  static final SymlinkRule NONE = new SymlinkRule(Mode.OFF, Optional.empty());

  /** Which links are refused. */
  enum Mode {
    OFF,
    ON,
    IF_NOT_OWNER
  }

  /** Reads {@code disable_symlinks off | on | if_not_owner [from=part]}. */
  static SymlinkRule read(Arguments args) {
    Optional<Mode> mode = Optional.empty();
    Optional<Template> from = Optional.empty();
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "off" -> mode = Optional.of(Mode.OFF);
        case "on" -> mode = Optional.of(Mode.ON);
        case "if_not_owner" -> mode = Optional.of(Mode.IF_NOT_OWNER);
        default -> {
          if (!args.get(i).startsWith("from=")) {
            throw args.error("invalid parameter \"" + args.get(i) + "\"");
          }
          from = Optional.of(args.template(args.get(i).substring(5)));
        }
      }
    }
    if (mode.isEmpty()) {
      throw args.error(
          "\"disable_symlinks\" must have \"off\", \"on\" or \"if_not_owner\" parameter");
    }
    if (args.size() == 2 && from.isEmpty()) {
      throw args.error("duplicate parameters \"" + args.get(0) + " " + args.get(1) + "\"");
    }
    if (from.isPresent() && mode.get() == Mode.OFF) {
      throw args.error("\"from=\" cannot be used with \"off\" parameter");
    }
    return new SymlinkRule(mode.get(), from);
  }

  /** Why a file must not be had; absent if it may, or is not there. Blocks for the disk. */
  Optional<Errno> refusal(Exchange exchange, String file) {
    if (mode == Mode.OFF) {
      return Optional.empty();
    }
    int start = from.isPresent() ? unchecked(file, from.get().evaluate(exchange)) : 0;
    for (int end = start; end < file.length(); ) {
      int slash = file.indexOf('/', end + 1);
      end = slash < 0 ? file.length() : slash;
      Optional<Errno> errno = refusal(FilePath.of(file.substring(0, end)), slash < 0);
      if (errno.isPresent()) {
        return errno;
      }
    }
    return Optional.empty();
  }

  /** Where the part begins that is looked at. */
  private static int unchecked(String file, String beginning) {
    if (beginning.isEmpty() || !file.startsWith(beginning)) {
      return 0;
    }
    int end = beginning.length();
    if (end == file.length() || file.charAt(end) == '/') {
      return end;
    }
    return beginning.endsWith("/") ? end - 1 : 0;
  }

  private Optional<Errno> refusal(Path path, boolean isLast) {
    try {
      if (!Files.isSymbolicLink(path)) {
        return Optional.empty();
      }
      if (mode == Mode.ON) {
        return Optional.of(isLast ? Errno.ELOOP : Errno.ENOTDIR);
      }
      Object owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
      return owner.equals(Files.getOwner(path)) ? Optional.empty() : Optional.of(Errno.ELOOP);
    } catch (IOException failure) {
      return Optional.of(Errno.of(failure));
    }
  }
}
