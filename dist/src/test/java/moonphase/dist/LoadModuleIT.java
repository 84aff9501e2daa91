package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import moonphase.dist.Command.Result;
import moonphase.dist.guest.GuestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code load_module} with jars: installed for as long as the configuration names them. */
class LoadModuleIT {
  private static final String LOAD = "load_module modules/guest.jar;";
  private static final String LOCATIONS =
      "location = /closed { guest_deny; echo open; }"
          + " location / { return 200 \"version $guest_version\\n\"; }";

  @TempDir Path folder;
  private Installation server;
  private Path modules;

  @BeforeEach
  void install() throws IOException {
    server = new Installation(folder);
    modules = Files.createDirectories(server.prefix().resolve("modules"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Jars guest(String version) {
    return Jars.bundle("guest")
        .header("Bundle-Version", version)
        .header("Bundle-Activator", GuestModule.class.getName())
        .header("Import-Package", "org.osgi.framework, moonphase.spi")
        .type(GuestModule.class)
        .type(GuestModule.Deny.class);
  }

  @Test
  void jar_comesIsUpdatedAndGoesWithReloads() throws IOException {
    Path jar = guest("1.0.0").write(modules.resolve("guest.jar"));
    server.configure(LOAD, "", LOCATIONS);
    server.start();
    String first = server.get("/");
    assertTrue(first.endsWith("version 1.0.0\n"), first);
    assertTrue(server.get("/closed").startsWith("HTTP/1.1 403"));

    guest("1.0.1").text("longer", "than before").write(jar);
    server.serve("-s", "reload");
    Command.await("update", () -> server.get("/").endsWith("version 1.0.1\n"));
    assertTrue(server.get("/closed").startsWith("HTTP/1.1 403"));

    server.configure("", "", LOCATIONS);
    server.serve("-s", "reload");
    Command.await("refusal", () -> log().contains("[emerg]"));
    assertTrue(log().contains("unknown directive \"guest_deny\" in "), log());
    assertTrue(server.get("/closed").startsWith("HTTP/1.1 403"), "the old one serves on");

    server.configure("", "", "location / { return 200 without; }");
    server.serve("-s", "reload");
    Command.await("configuration without it", () -> server.get("/").endsWith("without"));

    server.configure(LOAD, "", LOCATIONS);
    server.serve("-s", "reload");
    Command.await("module again", () -> server.get("/").endsWith("version 1.0.1\n"));
  }

  @Test
  void refusedReload_unloadsWhatItAloneLoaded() throws IOException {
    server.configure("", "", "location / { return 200 old; }");
    server.start();
    guest("1.0.0").write(modules.resolve("guest.jar"));
    server.configure(LOAD, "", "location / { guest_deny; wrong; }");
    server.serve("-s", "reload");
    Command.await("refusal", () -> log().contains("unknown directive \"wrong\""));
    assertTrue(server.get("/").endsWith("old"));
    // were it still there, this would find a module of that name
    server.configure("load_module guest;", "", "location / { return 200 new; }");
    server.serve("-s", "reload");
    Command.await("warning", () -> log().contains("module \"guest\" is not there yet in "));
    Command.await("configuration", () -> server.get("/").endsWith("new"));
  }

  @Test
  void jarThatCannotReplaceTheOneThatServes_isRefusedAndThatServesOn() throws IOException {
    Path jar = guest("1.0.0").write(modules.resolve("guest.jar"));
    server.configure(LOAD, "", LOCATIONS);
    server.start();
    guest("1.0.1").header("Bundle-ManifestVersion", "7").write(jar);
    server.serve("-s", "reload");
    Command.await("refusal", () -> log().contains("[emerg]"));
    assertTrue(log().contains("guest.jar\" failed ("), log());
    Command.await("module", () -> server.get("/").endsWith("version 1.0.0\n"));
    assertTrue(server.get("/closed").startsWith("HTTP/1.1 403"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          modules/no.jar      | dlopen() "%1$s/no.jar" failed (%1$s/no.jar: cannot open shared object file: No such file or directory)
          modules/text.jar    | dlopen() "%1$s/text.jar" failed (%1$s/text.jar: not a jar)
          modules/plain.jar   | dlsym() "%1$s/plain.jar", "Bundle-SymbolicName" failed (%1$s/plain.jar: undefined symbol: Bundle-SymbolicName)
          modules/same.jar    | module "guest" is already loaded
          """)
  void jarThatIsNoBundle_isRefusedInNginxsWords(String name, String reason) throws IOException {
    Files.writeString(modules.resolve("text.jar"), "not a jar");
    Jars.bundle("").header("Bundle-SymbolicName", null).write(modules.resolve("plain.jar"));
    guest("1.0.0").write(modules.resolve("guest.jar"));
    guest("1.0.0").write(modules.resolve("same.jar"));
    server.configure(LOAD + " load_module " + name + ";", "", "");
    Result result = server.serve("-t");
    Path conf = server.prefix().resolve("conf/nginx.conf");
    assertEquals(
        "nginx: [emerg] "
            + reason.formatted(modules)
            + " in "
            + conf
            + ":2\nnginx: configuration file "
            + conf
            + " test failed\n",
        result.err());
  }

  @Test
  void bundleThatLacksSomething_isRefusedWithTheReason() throws IOException {
    Jars.bundle("needy")
        .header("Require-Capability", "moonphase.lua.module;filter:=\"(name=geo)\"")
        .write(modules.resolve("needy.jar"));
    server.configure("load_module modules/needy.jar;", "", "");
    Result result = server.serve("-t");
    assertEquals(1, result.status());
    assertTrue(result.err().contains("moonphase.lua.module; (name=geo)"), result.err());
    assertTrue(result.err().contains(" in " + server.prefix().resolve("conf/nginx.conf") + ":2\n"));
  }

  @Test
  void symbolicName_isKnownOrAwaited() throws IOException {
    guest("1.0.0").write(server.deploy().resolve("guest.jar"));
    server.configure("load_module guest; load_module later;", "", LOCATIONS);
    Result result = server.serve("-t");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.err().contains("[warn] module \"later\" is not there yet in "), result.err());
    assertTrue(!result.err().contains("module \"guest\""), result.err());
  }

  private String log() {
    try {
      return server.log();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
