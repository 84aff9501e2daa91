package moonphase.kernel.conf;

import static moonphase.kernel.conf.Conf.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.Arguments;
import moonphase.spi.ConfException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a configuration, and the places in them. */
class ConfTextTest {
  @TempDir Path prefix;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
  }

  private Configuration words(String server) {
    return Conf.server(prefix, server).with(new Words()).read();
  }

  @Test
  void refused_configuration_makes_no_log_file() {
    assertThrows(
        ConfException.class,
        () -> Conf.of(prefix, "error_log logs/new.log; events { } nonsense;").read());
    assertFalse(Files.exists(prefix.resolve("logs/new.log")));
  }

  @Test
  void include_reads_files_by_pattern_in_order() {
    Configuration configuration =
        Conf.server(prefix, "location / { include parts/*.conf; include parts/no*.conf; }")
            .with("conf/parts/b.conf", "word b;")
            .with("conf/parts/a.conf", "word a;\n")
            .with("conf/parts/.hidden.conf", "word hidden;")
            .with("conf/parts/deep/c.conf", "word c;")
            .with(new Words())
            .read();
    assertEquals(List.of("a", "b"), location(configuration, "/").conf(Words.KEY).words());
    assertEquals(
        List.of("nginx.conf", "parts/a.conf", "parts/b.conf"),
        configuration.files().stream()
            .map(file -> file.path().substring((prefix + "/conf/").length()))
            .toList());
    assertTrue(
        configuration
            .dump()
            .endsWith(
                "# configuration file "
                    + prefix
                    + "/conf/parts/a.conf:\nword a;\n\n"
                    + "# configuration file "
                    + prefix
                    + "/conf/parts/b.conf:\nword b;\n"));
  }

  @Test
  void files_of_the_system_are_found_by_pattern() throws IOException {
    Path conf = Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("conf/d1"));
    Files.createDirectories(prefix.resolve("conf/d2"));
    Files.writeString(conf.resolve("nginx.conf"), "events {} include d?/[a-b].conf;");
    Files.writeString(conf.resolve("d2/a.conf"), "pid logs/a.pid;");
    Files.writeString(conf.resolve("d1/b.conf"), "daemon off;");
    Files.writeString(conf.resolve("d1/c.conf"), "nonsense");
    Configuration configuration =
        ConfReader.read(
            ConfSource.of(prefix, "conf/nginx.conf", "worker_processes 3;", "logs/first.log"),
            ModuleSet.of(List.of()),
            Optional.empty(),
            new LogFiles(line -> null),
            (level, line) -> {});
    assertEquals(3, configuration.files().size());
    assertEquals(3, configuration.process().workerProcesses());
    assertFalse(configuration.process().isDaemon());
    assertTrue(Files.exists(prefix.resolve("logs/first.log")));
  }

  @Test
  void block_on_the_command_line_is_refused() {
    ConfSource source = ConfSource.of(prefix, "c", "events { }", "stderr");
    ConfException refused =
        assertThrows(
            ConfException.class,
            () ->
                ConfReader.read(
                    source,
                    ModuleSet.of(List.of()),
                    Optional.empty(),
                    new LogFiles(line -> null),
                    (level, line) -> {}));
    assertEquals(
        "block directives are not supported in -g option in command line", refused.getMessage());
  }

  @Test
  void lines_of_a_quoted_argument_are_those_of_its_name_and_its_end() {
    Words.Kept kept =
        location(words("location / {\nword 'a\nb\nc';\nraw {\n}x\n%}\nword d; }"), "/")
            .conf(Words.KEY);
    Arguments quoted = kept.statements().get(0);
    assertEquals(6, quoted.line());
    assertEquals(8, quoted.endLine());
    assertEquals(9, kept.statements().get(1).line());
    assertEquals(11, kept.statements().get(1).endLine());
    assertEquals("nginx.conf", quoted.fileName());
    assertEquals("a\nb\nc", quoted.get(0));
  }

  @Test
  void raw_block_is_text_to_where_its_lexer_finds_the_end() {
    Configuration configuration = words("location / {\nraw {\n}x;{\n%} word d; }");
    Words.Kept kept = location(configuration, "/").conf(Words.KEY);
    assertEquals("\n}x;{\n%", kept.words().get(0));
  }

  @Test
  void error_behind_a_raw_block_names_its_line() {
    assertEquals(
        "unknown directive \"nonsense\" in " + prefix + "/conf/nginx.conf:8",
        assertThrows(ConfException.class, () -> words("location / {\nraw {\n}x;{\n%} nonsense; }"))
            .getMessage());
  }

  @Test
  void raw_block_without_end_is_refused_at_the_end_of_the_file() {
    assertEquals(
        "unexpected end of file, expecting \"}\" in " + prefix + "/conf/nginx.conf:10",
        assertThrows(ConfException.class, () -> words("location / {\nraw {\n }")).getMessage());
  }
}
