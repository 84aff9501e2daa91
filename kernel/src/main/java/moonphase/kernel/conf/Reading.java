package moonphase.kernel.conf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import moonphase.kernel.log.LogFiles;
import moonphase.kernel.log.SyslogPeer;
import moonphase.kernel.variable.VariableTable;
import moonphase.spi.Attributes;
import moonphase.spi.Conf;
import moonphase.spi.ConfException;
import moonphase.spi.Directive;
import moonphase.spi.Errno;
import moonphase.spi.Level;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a configuration: what was met so far, and how a statement becomes configuration.
 * For the reading thread.
 *
 * <p>Source: ngx_conf_parse, ngx_conf_handler.
 */
final class Reading {
  private final ConfSource source;
  private final Optional<RegexEngine> regexEngine;
  private final LogFiles logFiles;
  private final BiConsumer<LogLevel, String> warnings;
  private final ModuleLoader loader;

  /** What is there; {@code load_module} adds to it, before anything but the level main is read. */
  private ModuleSet modules;

  private VariableTable variables;
  private final Servers servers = new Servers();
  private final Map<String, ConfFile> files = new LinkedHashMap<>();
  private final Map<String, String> notices = new LinkedHashMap<>();
  private final Map<Path, LogFile> opened = new LinkedHashMap<>();
  private final List<SyslogPeer> peers = new ArrayList<>();
  private final Attributes attributes = new Attributes();
  private final Set<String> sections = new HashSet<>();

  Reading(
      ConfSource source,
      ModuleSet modules,
      Optional<RegexEngine> regexEngine,
      LogFiles logFiles,
      BiConsumer<LogLevel, String> warnings,
      ModuleLoader loader) {
    this.source = source;
    this.modules = modules;
    this.regexEngine = regexEngine;
    this.logFiles = logFiles;
    this.warnings = warnings;
    this.loader = loader;
    this.variables = new VariableTable(modules.variables());
  }

  ConfSource source() {
    return source;
  }

  ModuleSet modules() {
    return modules;
  }

  /** Installs a jar. */
  void load(Statement from, String file) {
    try {
      modules = loader.load(file);
    } catch (ConfException e) {
      throw from.error(String.valueOf(e.getMessage()));
    }
    variables = new VariableTable(modules.variables());
  }

  boolean isInstalled(String symbolicName) {
    return loader.isInstalled(symbolicName);
  }

  VariableTable variables() {
    return variables;
  }

  /** The servers met so far, and where they listen. */
  Servers servers() {
    return servers;
  }

  List<ConfFile> files() {
    return List.copyOf(files.values());
  }

  List<String> notices() {
    return List.copyOf(notices.values());
  }

  /** Notes that a section was met; false if it was before. */
  boolean enter(String section) {
    return sections.add(section);
  }

  boolean hasSeen(String section) {
    return sections.contains(section);
  }

  void complain(LogLevel level, String message) {
    warnings.accept(level, message);
  }

  /** Keeps a line for level info; the first one of a directive is enough. */
  void notice(String directive, String message) {
    notices.putIfAbsent(directive, message);
  }

  /** A variable that is read somewhere; the block needs the module that declares it. */
  VariableTable.Slot reference(String name, Block block) {
    String module = modules.moduleOfVariable(name);
    if (module != null) {
      block.use(module);
    }
    return variables.reference(name);
  }

  /** Looks for the variables that are read; one that nobody declares is an error. */
  void resolveVariables() {
    String unknown = variables.resolve();
    if (unknown != null) {
      throw new ConfException("unknown \"" + unknown + "\" variable");
    }
  }

  /** A log file; it is opened when all was read, so that a bad configuration leaves no trace. */
  LogFile logFile(Path path) {
    return opened.computeIfAbsent(path, logFiles::at);
  }

  /** A syslog server; the connection is made when the first line is written. */
  SyslogPeer syslog(SyslogPeer.Settings settings) {
    SyslogPeer peer = logFiles.syslog(settings);
    peers.add(peer);
    return peer;
  }

  Attributes attributes() {
    return attributes;
  }

  /** What is written to the terminal. */
  LogFile stderr() {
    return logFiles.stderr();
  }

  /** Opens the log files that were named. */
  Set<LogFile> openLogFiles() {
    Set<LogFile> all = new HashSet<>(peers);
    opened.keySet().forEach(path -> all.add(logFiles.open(path)));
    return Set.copyOf(all);
  }

  Regex regex(Statement at, String pattern, boolean ignoresCase) {
    if (regexEngine.isEmpty()) {
      throw at.error("using regex \"" + pattern + "\" requires PCRE library");
    }
    Regex regex;
    try {
      regex =
          regexEngine
              .get()
              .compile(pattern, ignoresCase ? Set.of(RegexEngine.Option.CASELESS) : Set.of());
    } catch (RegexException e) {
      String message = "pcre2_compile() failed: " + e.getMessage() + " in \"" + pattern + "\"";
      throw at.error(
          e.offset() < 0 || e.offset() >= pattern.length()
              ? message
              : message + " at \"" + pattern.substring(e.offset()) + "\"");
    }
    for (String name : regex.names()) {
      if (!name.isEmpty()) {
        at.declare(name);
      }
    }
    return regex;
  }

  /** Reads a file into a block. */
  void include(String path, Block block, @Nullable Statement from) {
    read(lexer(path, from), block, true);
  }

  private ConfLexer lexer(String path, @Nullable Statement from) {
    String text;
    try {
      text = source.text(path);
    } catch (IOException e) {
      String message = "open() \"" + path + "\" failed (" + Errno.of(e) + ")";
      throw from == null ? new ConfException(message) : from.error(message);
    }
    files.putIfAbsent(path, new ConfFile(path, text));
    return new ConfLexer(path, text);
  }

  /** Reads statements into a block, to the end of the file or to the closing brace. */
  void read(ConfLexer lexer, Block block, boolean isFile) {
    while (true) {
      ConfLexer.End end = lexer.next();
      if (end == ConfLexer.End.CLOSE || end == ConfLexer.End.TEXT) {
        checkEnd(lexer, end, isFile);
        return;
      }
      if (end == ConfLexer.End.OPEN && lexer.isCommandLine()) {
        throw lexer.error("block directives are not supported in -g option");
      }
      statement(new Statement(this, lexer, block), end == ConfLexer.End.OPEN);
    }
  }

  private static void checkEnd(ConfLexer lexer, ConfLexer.End end, boolean isFile) {
    if (isFile && end == ConfLexer.End.CLOSE) {
      throw lexer.error("unexpected \"}\"");
    }
    if (!isFile && end == ConfLexer.End.TEXT) {
      throw lexer.error("unexpected end of file, expecting \"}\"");
    }
  }

  private void statement(Statement statement, boolean isOpen) {
    String name = statement.name();
    Block block = statement.outer();
    List<ModuleSet.Declared> known = modules.directives(name);
    for (ModuleSet.Declared declared : known) {
      Directive<?> directive = declared.directive();
      if (!directive.levels().contains(block.level())) {
        continue;
      }
      boolean opens = directive.body() != Directive.Body.NONE;
      if (isOpen && !opens) {
        throw statement.error("directive \"" + name + "\" is not terminated by \";\"");
      }
      if (!isOpen && opens) {
        throw statement.error("directive \"" + name + "\" has no opening \"{\"");
      }
      if (statement.size() < directive.minArgs() || statement.size() > directive.maxArgs()) {
        throw statement.error("invalid number of arguments in \"" + name + "\" directive");
      }
      if (!directive.isRepeatable() && !block.isFirst(name)) {
        throw statement.directiveError("is duplicate");
      }
      if (!declared.module().equals(ModuleSet.CORE)) {
        block.use(declared.module());
        if (modules.names().contains(directive.key().module())) {
          block.use(directive.key().module());
        }
      }
      apply(directive, statement);
      return;
    }
    throw statement.error(
        known.isEmpty()
            ? "unknown directive \"" + name + "\""
            : "\"" + name + "\" directive is not allowed here");
  }

  private <C extends Conf<C>> void apply(Directive<C> directive, Statement statement) {
    Block block = statement.outer();
    switch (directive.body()) {
      case BLOCK -> {
        if (!Sections.open(statement)) {
          Level level = directive.inner().getOrDefault(block.level(), block.level());
          Block inner = new Block(block, level, block.name());
          statement.block(inner);
          read(statement.lexer(), inner, false);
        }
      }
      case ENTRIES -> {
        List<Statement.Entry> entries = new ArrayList<>();
        entries(statement.lexer(), statement, entries, false);
        statement.entries(entries);
      }
      case RAW -> raw(directive, statement);
      case NONE -> {}
    }
    statement.end();
    block.put(directive.key(), directive.setter().set(block.own(directive.key()), statement));
  }

  /** Reads lines of words, with the files that they include. */
  private void entries(
      ConfLexer lexer, Statement statement, List<Statement.Entry> entries, boolean isFile) {
    while (true) {
      ConfLexer.End end = lexer.next();
      if (end == ConfLexer.End.OPEN) {
        throw lexer.error("unexpected \"{\"");
      }
      if (end != ConfLexer.End.SEMICOLON) {
        checkEnd(lexer, end, isFile);
        return;
      }
      List<String> words = lexer.words();
      if (!words.get(0).equals("include")) {
        entries.add(new Statement.Entry(List.copyOf(words), lexer, lexer.line()));
        continue;
      }
      if (words.size() != 2) {
        throw lexer.error("invalid number of arguments in \"include\" directive");
      }
      Statement include = new Statement(this, lexer, statement.outer());
      for (String path : source.expand(words.get(1))) {
        entries(lexer(path, include), statement, entries, true);
      }
    }
  }

  private void raw(Directive<?> directive, Statement statement) {
    ConfLexer lexer = statement.lexer();
    int start = lexer.position();
    int end;
    try {
      end =
          source.rawEnd(
              lexer.path(), start, () -> directive.lexer().orElseThrow().end(lexer.text(), start));
    } catch (IllegalArgumentException e) {
      throw statement.error(String.valueOf(e.getMessage()));
    }
    if (end < 0) {
      lexer.skipTo(lexer.text().length());
      throw lexer.error("unexpected end of file, expecting \"}\"");
    }
    String text = lexer.text().substring(start, end);
    lexer.skipTo(end + 1);
    statement.text(text);
  }
}
