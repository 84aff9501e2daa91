package moonphase.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Template;

/**
 * What is tried; not inherited.
 *
 * @param candidates the files; empty if nothing was written
 * @param fallback a URI or the name of a location; empty if {@code status} counts
 * @param status the status of {@code =404}; 0 if there is a fallback
 */
record TryFilesConf(List<Candidate> candidates, Optional<Template> fallback, int status)
    implements Conf<TryFilesConf> {
  static final ConfKey<TryFilesConf> KEY =
      new ConfKey<>("try_files", new TryFilesConf(List.of(), Optional.empty(), 0));

  /**
   * A file that is tried.
   *
   * @param uri what it is the file of
   * @param isDirectory whether it must be a directory, rather than none
   */
  record Candidate(Template uri, boolean isDirectory) {}

  /** Reads {@code try_files file ... uri} and {@code try_files file ... =code}. */
  static TryFilesConf read(Arguments args) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < args.size() - 1; i++) {
      String uri = args.get(i);
      boolean isDirectory = uri.endsWith("/");
      candidates.add(
          new Candidate(
              args.template(isDirectory ? uri.substring(0, uri.length() - 1) : uri), isDirectory));
    }
    String last = args.get(args.size() - 1);
    if (!last.startsWith("=")) {
      return new TryFilesConf(
          List.copyOf(candidates), Optional.of(args.template(args.size() - 1)), 0);
    }
    if (!last.matches("=[1-9]\\d\\d")) {
      throw args.error("invalid code \"" + last + "\"");
    }
    return new TryFilesConf(
        List.copyOf(candidates), Optional.empty(), Integer.parseInt(last.substring(1)));
  }

  @Override
  public TryFilesConf inherit(TryFilesConf outer) {
    return this;
  }
}
