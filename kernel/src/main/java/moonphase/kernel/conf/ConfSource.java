package moonphase.kernel.conf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import moonphase.spi.FilePath;

/**
 * Where a configuration is read from. Files are read once: a second reading with other modules sees
 * the same texts. For one thread at a time.
 */
public final class ConfSource {
  private final String prefix;
  private final String confFile;
  private final String globals;
  private final String errorLog;

  /** The texts given in place of files; absent: the files of the system. */
  private final Optional<Map<String, String>> given;

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> expanded = new HashMap<>();

  /** Where raw blocks end, by file and start: known even if the module that tells has gone. */
  private final Map<String, Integer> rawEnds = new HashMap<>();

  private ConfSource(
      String prefix,
      String confFile,
      String globals,
      String errorLog,
      Optional<Map<String, String>> given) {
    this.prefix = prefix.endsWith("/") ? prefix : prefix + "/";
    this.confFile = fileName(confFile);
    this.globals = globals;
    this.errorLog = errorLog.equals("stderr") ? errorLog : fileName(errorLog);
    this.given = given;
  }

  /**
   * Files of the system.
   *
   * @param prefix the folder that relative names start at, as {@code -p}
   * @param confFile the main file, as {@code -c}; relative to the prefix
   * @param globals directives of the main level, as {@code -g}; empty for none
   * @param errorLog the log until the configuration names one, as {@code -e}; relative to the
   *     prefix; {@code stderr} for the standard error output
   */
  public static ConfSource of(Path prefix, String confFile, String globals, String errorLog) {
    return new ConfSource(
        FilePath.name(prefix.toAbsolutePath()), confFile, globals, errorLog, Optional.empty());
  }

  /** Texts by absolute name, in place of files, the main one being {@code conf/nginx.conf}. */
  public static ConfSource of(String prefix, Map<String, String> files) {
    return new ConfSource(
        prefix, "conf/nginx.conf", "", "logs/error.log", Optional.of(Map.copyOf(files)));
  }

  /** The folder that relative names start at, with a slash at its end. */
  public String prefix() {
    return prefix;
  }

  /** The absolute name of the main file. */
  public String confFile() {
    return confFile;
  }

  /** Directives of the main level from the command line; empty for none. */
  public String globals() {
    return globals;
  }

  /** The absolute name of the first error log; {@code stderr} for the standard error output. */
  public String errorLog() {
    return errorLog;
  }

  /** The absolute name of a file of the server. */
  String fileName(String name) {
    return name.startsWith("/") ? name : prefix + name;
  }

  /**
   * A file as scripts and messages of modules name it: {@code nginx.conf}, or its name from the
   * main file's folder on.
   *
   * <p>Source: ngx_http_lua_gen_chunk_name.
   */
  String shortName(String path) {
    if (path.endsWith("/nginx.conf")) {
      return "nginx.conf";
    }
    String folder = confFile.substring(0, confFile.lastIndexOf('/') + 1);
    return path.startsWith(folder) ? path.substring(folder.length()) : path;
  }

  /** The absolute name of a file of the configuration. */
  String confFileName(String name) {
    return name.startsWith("/")
        ? name
        : confFile.substring(0, confFile.lastIndexOf('/') + 1) + name;
  }

  /** The content of a file, Latin-1. */
  String text(String path) throws IOException {
    String text = texts.get(path);
    if (text == null) {
      text = load(path);
      texts.put(path, text);
    }
    return text;
  }

  private String load(String path) throws IOException {
    if (given.isPresent()) {
      String text = given.get().get(path);
      if (text == null) {
        throw new NoSuchFileException(path);
      }
      return text;
    }
    try {
      return new String(Files.readAllBytes(FilePath.of(path)), StandardCharsets.ISO_8859_1);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(path);
    }
  }

  /** The files that an {@code include} names, in order; a pattern may stand for none. */
  List<String> expand(String name) {
    String full = confFileName(name);
    return expanded.computeIfAbsent(
        full,
        pattern ->
            !Glob.isPattern(pattern)
                ? List.of(pattern)
                : given.isPresent()
                    ? Glob.matching(pattern, given.get().keySet())
                    : Glob.files(pattern));
  }

  /** Where a raw block ends; found by {@code lexer} the first time. */
  int rawEnd(String path, int start, IntSupplier lexer) {
    return rawEnds.computeIfAbsent(path + ":" + start, key -> lexer.getAsInt());
  }
}
