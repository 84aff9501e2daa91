package moonphase.kernel.conf;

import static moonphase.kernel.conf.Conf.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.ConfException;
import moonphase.spi.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfReaderTest {
  @TempDir Path prefix;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
  }

  private Configuration words(String server) {
    return Conf.server(prefix, server).with(new Words()).read();
  }

  @Test
  void frame_of_a_test_suite_is_accepted() {
    Configuration configuration =
        Conf.of(
                prefix,
                """
                worker_processes  1;
                daemon on;
                master_process off;
                error_log logs/error.log warn;
                pid       logs/nginx.pid;
                env NO_SUCH_VARIABLE_HERE;
                env MADE=up;
                http {
                    client_body_temp_path client_body_temp; proxy_temp_path proxy_temp;
                    fastcgi_temp_path a; scgi_temp_path b; uwsgi_temp_path c;
                    default_type text/plain;
                    keepalive_timeout  68000ms;
                    server {
                        listen          1984;
                        server_name     'localhost';
                        client_max_body_size 30M;
                        location / { root html; }
                    }
                }
                #timer_resolution 100ms;
                events {
                    accept_mutex off;
                    worker_connections  64;
                    use poll;
                }
                env LAST=one=two;
                """)
            .read();
    assertEquals(Map.of("MADE", "up", "LAST", "one=two"), configuration.process().environment());
    assertEquals(1, configuration.process().workerProcesses());
    assertTrue(configuration.process().isDaemon());
    assertEquals(prefix.resolve("logs/nginx.pid"), configuration.process().pid());
    Block block = location(configuration, "/");
    assertEquals(68_000, block.core().keepaliveTimeout());
    assertEquals(31_457_280, block.core().clientMaxBodySize());
    assertEquals(prefix.resolve("client_body_temp"), block.core().clientBodyTempPath());
    assertEquals(prefix + "/html/x", block.core().root().path().source() + "/x");
    assertEquals("0.0.0.0:1984", configuration.listens().get(0).address().text());
    assertTrue(
        configuration
            .notices()
            .get(0)
            .startsWith("the \"master_process\" directive has no effect: "),
        configuration.notices().toString());
    assertEquals(7, configuration.notices().size(), configuration.notices().toString());
  }

  @Test
  void defaults_are_nginxs_where_nothing_was_written() {
    Configuration configuration = Conf.of(prefix, "events {}\nhttp { server { } }").read();
    CoreConf core = configuration.http().core();
    assertEquals(75_000, core.keepaliveTimeout());
    assertEquals(1_048_576, core.clientMaxBodySize());
    assertEquals("text/plain", core.contentType("/a.unknown"));
    assertEquals("text/html", core.contentType("/a.HTML"));
    assertEquals(prefix.resolve("logs/nginx.pid"), configuration.process().pid());
    assertEquals(prefix + "/html", core.root().path().source());
    assertTrue(Files.exists(prefix.resolve("logs/error.log")));
    assertTrue(
        Set.of("0.0.0.0:80", "0.0.0.0:8000")
            .contains(configuration.listens().get(0).address().text()));
  }

  @Test
  void setting_is_inherited_also_from_behind_the_inner_block() {
    Configuration configuration =
        words(
            "location / { } location /own { word c; msie_padding on; } msie_padding off; word a;"
                + " word b;");
    assertEquals(List.of("a", "b"), location(configuration, "/").conf(Words.KEY).words());
    assertEquals(List.of("c"), location(configuration, "/own").conf(Words.KEY).words());
    assertFalse(location(configuration, "/").core().isMsiePadding());
    assertTrue(location(configuration, "/own").core().isMsiePadding());
  }

  @Test
  void error_log_of_the_main_level_behind_http_is_inherited() {
    Configuration configuration =
        Conf.of(
                prefix,
                "http { server { location / { } location /x { error_log logs/x.log debug; } } }"
                    + " events { } error_log logs/late.log info;")
            .read();
    location(configuration, "/").core().errorLog().log(moonphase.spi.LogLevel.INFO, "told");
    location(configuration, "/x").core().errorLog().log(moonphase.spi.LogLevel.DEBUG, "x");
    assertFalse(
        location(configuration, "/").core().errorLog().isEnabled(moonphase.spi.LogLevel.DEBUG));
    assertTrue(text("logs/late.log").contains(": told\n"));
    assertFalse(text("logs/late.log").contains(": x\n"));
    assertTrue(text("logs/x.log").contains("[debug]"));
  }

  private String text(String file) {
    try {
      return Files.readString(prefix.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void error_page_has_many_forms() {
    CoreConf core =
        location(
                words(
                    "error_page 404 403 /e.html?a=b; error_page 500 =200 /ok;"
                        + " error_page 502 = @named; error_page 404 /second; error_page 497 /tls;"
                        + " error_page 503 /$uri?c; location / { }"),
                "/")
            .core();
    ErrorPage page = Objects.requireNonNull(core.errorPage(403));
    assertEquals("/e.html", page.uri().source());
    assertEquals("a=b", page.args());
    assertEquals(-1, page.overwrite());
    assertEquals(page.uri().source(), page(core, 404).uri().source());
    assertEquals(200, page(core, 500).overwrite());
    assertEquals(0, page(core, 502).overwrite());
    assertEquals("@named", page(core, 502).uri().source());
    assertEquals(400, page(core, 497).overwrite());
    assertEquals("/$uri?c", page(core, 503).uri().source());
    assertNull(core.errorPage(501));
  }

  private static ErrorPage page(CoreConf core, int status) {
    return Objects.requireNonNull(core.errorPage(status));
  }

  @Test
  void types_of_an_inner_block_take_the_place_of_the_outer_ones() {
    Conf conf =
        Conf.server(
            prefix,
            "types { text/a a A2; include more.types; } location / { }"
                + " location /b { types { text/b b; text/c b; } default_type ''; }");
    conf.with("conf/more.types", "text/more more;\n");
    Configuration configuration = conf.read();
    CoreConf outer = location(configuration, "/").core();
    assertEquals("text/a", outer.contentType("/x.a2"));
    assertEquals("text/more", outer.contentType("/x.more"));
    assertEquals("text/plain", outer.contentType("/x.html"));
    assertEquals("text/plain", outer.contentType("/x.a/b"));
    CoreConf inner = location(configuration, "/b").core();
    assertEquals("text/c", inner.contentType("/x.b"));
    assertEquals("", inner.contentType("/x.a"));
    assertEquals(
        List.of(
            "duplicate extension \"b\", content type: \"text/c\", previous content type:"
                + " \"text/b\" in "
                + prefix
                + "/conf/nginx.conf:5"),
        conf.warnings);
  }

  @Test
  void expression_without_an_engine_is_refused() throws IOException {
    Path conf = Files.createDirectories(prefix.resolve("conf")).resolve("nginx.conf");
    Files.writeString(conf, "events {}\nhttp { server { location ~ x { } } }");
    ConfException refused =
        assertThrows(
            ConfException.class,
            () ->
                ConfReader.read(
                    ConfSource.of(prefix, "conf/nginx.conf", "", "stderr"),
                    ModuleSet.of(List.of()),
                    Optional.empty(),
                    new LogFiles(line -> null),
                    (level, line) -> {}));
    assertEquals("using regex \"x\" requires PCRE library in " + conf + ":2", refused.getMessage());
  }

  @Test
  void block_of_a_module_is_merged_with_what_is_around_it() {
    Configuration configuration =
        words(
            "location / { msie_padding off; when x { word inner; root inner; } when y { } word"
                + " outer; }");
    Block location = location(configuration, "/");
    assertEquals(List.of("when [inner]", "when []", "outer"), location.conf(Words.KEY).words());
    Words.Kept kept = location.conf(Words.KEY);
    Block inner = (Block) kept.statements().get(0).block();
    assertEquals(Level.LOCATION_IF, inner.level());
    assertEquals("/", inner.name());
    assertEquals(List.of("inner"), inner.conf(Words.KEY).words());
    assertEquals(prefix + "/inner", inner.core().root().path().source());
    assertFalse(inner.core().isMsiePadding());
    Block empty = (Block) kept.statements().get(1).block();
    assertEquals(location.conf(Words.KEY).words(), empty.conf(Words.KEY).words());
  }

  @Test
  void directive_of_one_name_is_told_apart_by_its_level() {
    Configuration configuration =
        Conf.http(prefix, "upstream u { server a; server b; } server { listen 8080; }")
            .with(new Words())
            .read();
    assertEquals(1, configuration.listens().size());
  }

  @Test
  void modules_in_force_are_those_of_the_block_and_around_it() {
    Configuration configuration =
        words(
            "location /a { } location /b { word x; } location /c { when x { word y; } }"
                + " location /d { root /$words_version; } location /e { root /$word_x; }");
    assertEquals(Set.of(), location(configuration, "/a").modules());
    assertEquals(Set.of("words"), location(configuration, "/b").modules());
    assertEquals(Set.of("words"), location(configuration, "/c").modules());
    assertEquals(Set.of("words"), location(configuration, "/d").modules());
    assertEquals(Set.of("words"), location(configuration, "/e").modules());
    Block nested = location(words("word s; location / { location /n { } }"), "/n");
    assertEquals(Set.of("words"), nested.modules());
  }

  @Test
  void module_that_has_gone_is_understood_and_keeps_nothing() {
    Configuration before =
        words("location /a { } location /b { raw { {}} %} word x; root /$words_version; }");
    ModuleSet without = ModuleSet.of(List.of(), before.modules());
    Configuration after =
        ConfReader.read(
            before.source(),
            without,
            Optional.of(new PlainRegexEngine()),
            new LogFiles(line -> null),
            (level, line) -> {});
    assertEquals(Set.of("words"), after.modules().absent());
    assertEquals(Set.of("words"), location(after, "/b").modules());
    assertEquals(Set.of(), location(after, "/a").modules());
    assertEquals(List.of(), location(after, "/b").conf(Words.KEY).words());
    Configuration again =
        ConfReader.read(
            after.source(),
            ModuleSet.of(List.of(new Words()), after.modules()),
            Optional.of(new PlainRegexEngine()),
            new LogFiles(line -> null),
            (level, line) -> {});
    assertEquals(Set.of(), again.modules().absent());
    assertEquals(List.of(" {}} %", "x"), location(again, "/b").conf(Words.KEY).words());
  }

  @Test
  void two_modules_with_one_directive_are_a_conflict() {
    ModuleSet set = ModuleSet.of(List.of(new Words(), new Words()));
    assertEquals(List.of("module \"words\" is there twice"), List.copyOf(set.refused().values()));
    assertNotNull(set.directives("word").get(0));
  }

  @Test
  void alias_takes_the_place_of_the_prefix() {
    Configuration configuration =
        words(
            "root /r/; location /a/ { alias /b/; location /a/n/ { } }"
                + " location ~ ^/x(.*) { alias /y$1; } location /p { root q; }");
    assertEquals(3, location(configuration, "/a/z").core().root().stripped());
    assertEquals(3, location(configuration, "/a/n/z").core().root().stripped());
    assertEquals(-1, location(configuration, "/x1").core().root().stripped());
    assertEquals(
        "/r",
        configuration
            .listens()
            .get(0)
            .servers()
            .defaultServer()
            .block()
            .core()
            .root()
            .path()
            .source());
    assertEquals(prefix + "/q", location(configuration, "/p").core().root().path().source());
  }
}
