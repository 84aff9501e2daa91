package moonphase.kernel.conf;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import moonphase.kernel.variable.TextTemplate;
import moonphase.spi.Arguments;
import moonphase.spi.Attributes;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfException;
import moonphase.spi.ConfKey;
import moonphase.spi.FilePath;
import moonphase.spi.Level;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Quantity;
import moonphase.spi.Regex;
import moonphase.spi.Template;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/** One directive as written. For the reading thread. */
final class Statement implements Arguments {
  private final Reading reading;
  private final ConfLexer lexer;
  private final Block outer;
  private final List<String> words;

  /** Where errors point, a file that the directive's block includes for example. */
  private ConfLexer errorLexer;

  private final int line;

  /** Where errors point: the line of the semicolon or of the opening brace. */
  private int errorLine;

  private int endLine;
  private @Nullable Block block;
  private List<Entry> entries = List.of();
  private String text = "";

  /**
   * A line of the directive's block.
   *
   * @param words at least one
   * @param lexer what it was read by
   * @param line its line there
   */
  record Entry(List<String> words, ConfLexer lexer, int line) {}

  /** The statement that the lexer has just read. */
  Statement(Reading reading, ConfLexer lexer, Block outer) {
    this.reading = reading;
    this.lexer = lexer;
    this.errorLexer = lexer;
    this.outer = outer;
    this.words = List.copyOf(lexer.words());
    this.line = lexer.firstLine();
    this.errorLine = lexer.line();
    this.endLine = errorLine;
  }

  /** Everything of the directive was read. */
  void end() {
    endLine = lexer.line();
  }

  Reading reading() {
    return reading;
  }

  ConfLexer lexer() {
    return lexer;
  }

  /** The block in which the directive stands. */
  Block outer() {
    return outer;
  }

  /** The arguments. */
  List<String> arguments() {
    return words.subList(1, words.size());
  }

  void block(Block opened) {
    block = opened;
  }

  void entries(List<Entry> lines) {
    entries = lines;
    errorLine = lexer.line();
  }

  void text(String raw) {
    text = raw;
    errorLine = lexer.line();
  }

  /** The line that errors point to. */
  int errorLine() {
    return errorLine;
  }

  @Override
  public String name() {
    return words.get(0);
  }

  @Override
  public int size() {
    return words.size() - 1;
  }

  @Override
  public String get(int i) {
    return words.get(i + 1);
  }

  @Override
  public Template template(int i) {
    return template(get(i));
  }

  @Override
  public Template template(String source) {
    try {
      return TextTemplate.compile(source, name -> reading.reference(name, outer));
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean flag(int i) {
    return switch (get(i).toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw error(
              "invalid value \""
                  + get(i)
                  + "\" in \""
                  + name()
                  + "\" directive, it must be \"on\" or \"off\"");
    };
  }

  @Override
  public int number(int i) {
    long number = Quantity.number(get(i));
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw directiveError("invalid number");
    }
    return (int) number;
  }

  @Override
  public long bytes(int i) {
    return checked(Quantity.bytes(get(i), true));
  }

  /** A size that gigabytes are too much for. */
  long size(int i) {
    return checked(Quantity.bytes(get(i), false));
  }

  @Override
  public long millis(int i) {
    return checked(Quantity.millis(get(i)));
  }

  private long checked(long value) {
    if (value == Quantity.NONE) {
      throw directiveError("invalid value");
    }
    return value;
  }

  /** An error that begins with the directive; the caller throws it. */
  ConfException directiveError(String what) {
    return error("\"" + name() + "\" directive " + what);
  }

  @Override
  public Path confFile(int i) {
    return path(reading.source().confFileName(get(i)));
  }

  @Override
  public Path file(int i) {
    return path(reading.source().fileName(get(i)));
  }

  @Override
  public String variableName(int i) {
    String word = get(i);
    if (word.length() < 2 || word.charAt(0) != '$') {
      throw error("invalid variable name \"" + word + "\"");
    }
    return word.substring(1).toLowerCase(Locale.ROOT);
  }

  private Path path(String fileName) {
    try {
      return FilePath.of(fileName);
    } catch (InvalidPathException e) {
      throw error("invalid file name \"" + fileName + "\"");
    }
  }

  @Override
  public Regex regex(String pattern, boolean ignoresCase) {
    return reading.regex(this, pattern, ignoresCase);
  }

  @Override
  public LogFile logFile(String fileName) {
    return fileName.startsWith(Syslog.PREFIX)
        ? reading.syslog(Syslog.read(this, fileName))
        : reading.logFile(path(reading.source().fileName(fileName)));
  }

  @Override
  public Attributes attributes() {
    return reading.attributes();
  }

  @Override
  public ConfBlock block() {
    if (block == null) {
      throw new IllegalStateException("\"" + name() + "\" opens no block of directives");
    }
    return block;
  }

  @Override
  public List<List<String>> entries() {
    return entries.stream().map(Entry::words).toList();
  }

  @Override
  public void atEntry(int i) {
    errorLexer = entries.get(i).lexer();
    errorLine = entries.get(i).line();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public <C extends Conf<C>> C http(ConfKey<C> key) {
    Block http = http();
    return http == null ? key.unset() : http.own(key);
  }

  @Override
  public <C extends Conf<C>> void http(ConfKey<C> key, UnaryOperator<C> change) {
    Block http = http();
    if (http != null) {
      http.put(key, change.apply(http.own(key)));
    }
  }

  private @Nullable Block http() {
    Block at = outer;
    while (at != null && at.level() != Level.HTTP) {
      at = at.outer();
    }
    return at;
  }

  @Override
  public Level level() {
    return outer.level();
  }

  @Override
  public String fileName() {
    return lexer.isCommandLine() ? "command line" : reading.source().shortName(lexer.path());
  }

  @Override
  public int line() {
    return line;
  }

  @Override
  public int endLine() {
    return endLine;
  }

  @Override
  public String prefix() {
    return reading.source().prefix();
  }

  @Override
  public void declare(Variable variable) {
    declare(variable, true);
  }

  private void declare(Variable variable, boolean replacing) {
    if (variable.name().isEmpty()) {
      throw error("invalid variable name \"$\"");
    }
    if (!reading.variables().declare(variable, replacing)) {
      throw error("the duplicate \"" + variable.name() + "\" variable");
    }
  }

  @Override
  public void declare(String name, Variable.Getter unset) {
    declare(Variable.cached(name.toLowerCase(Locale.ROOT), unset), false);
  }

  @Override
  public void redirectsMissingSlash() {
    outer.redirectMissingSlash();
  }

  @Override
  public ConfException error(String message) {
    return errorLexer.error(message, errorLine);
  }

  @Override
  public void warn(String message) {
    reading.complain(LogLevel.WARN, message + errorLexer.place(errorLine));
  }

  @Override
  public void alert(String message) {
    reading.complain(LogLevel.ALERT, message + errorLexer.place(errorLine));
  }

  @Override
  public void hasNoEffect(String reason) {
    reading.notice(
        name(),
        "the \"" + name() + "\" directive has no effect: " + reason + lexer.place(errorLine));
  }
}
