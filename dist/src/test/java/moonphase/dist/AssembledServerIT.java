package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import moonphase.dist.guest.Guest;
import moonphase.dist.osgi.Felix;
import moonphase.dist.osgi.Provision;
import moonphase.dist.osgi.Reports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The distribution's bundles in Felix: they start, keep nginx's order, come and go. */
class AssembledServerIT {
  private static final String CONFIGURATION =
      """
      worker_processes 1;
      error_log logs/error.log debug;
      events { }
      http {
          init_by_lua_block { print("init runs") }
          server {
              listen %SOCKET%;
              location / { return 200 "plain\\n"; }
              location ~ ^/(lua|ordered)$ {
                  rewrite_by_lua_block { ngx.log(ngx.NOTICE, "lua in REWRITE") }
                  access_by_lua_block { ngx.log(ngx.NOTICE, "lua in ACCESS") }
                  content_by_lua_block { ngx.say("from lua") }
                  log_by_lua_block { ngx.log(ngx.NOTICE, "lua in LOG") }
              }
              location = /guest { echo "let in"; }
              location = /json {
                  content_by_lua_block { ngx.say(require("cjson").encode({ 1, "x" })) }
              }
              location = /geo {
                  content_by_lua_block {
                      local ok, geo = pcall(require, "geo")
                      ngx.say(ok and geo.country() or "no geo")
                  }
              }
          }
      }
      """;

  @TempDir static Path folder;
  private static Felix felix;
  private static Path guest;

  @BeforeAll
  static void start() throws IOException {
    guest =
        Jars.bundle("guest")
            .header("Bundle-Activator", Guest.class.getName())
            .header("Import-Package", "org.osgi.framework, moonphase.spi")
            .type(Guest.class)
            .write(folder.resolve("guest.jar"));
    felix = new Felix(folder.resolve("prefix"), reports(folder), CONFIGURATION, jar -> true);
  }

  /** Writes the bundle that stands in the launcher's place. */
  static Path reports(Path folder) throws IOException {
    return Jars.bundle("reports")
        .header("Bundle-Activator", Reports.class.getName())
        .header("Import-Package", "org.osgi.framework")
        .type(Reports.class)
        .write(folder.resolve("reports.jar"));
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  @Test
  void everyBundle_isActive() throws IOException {
    assertEquals(List.of(), felix.idle());
    assertTrue(felix.get("/").endsWith("\r\n\r\nplain\n"));
    assertTrue(felix.get("/lua").contains("from lua"));
  }

  @Test
  void chain_hasNginxsOrderWithLuaLastAndFirstInLog() throws IOException, BundleException {
    Bundle bundle = felix.install(guest);
    Command.await("guest", () -> status("/guest").equals("403"));
    felix.get("/ordered");
    bundle.uninstall();
    List<String> notes =
        Pattern.compile("((?:guest|lua) in [A-Z]+).*\"GET /ordered ")
            .matcher(felix.errorLog())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertEquals(
        List.of(
            "guest in REWRITE",
            "lua in REWRITE",
            "guest in ACCESS",
            "lua in ACCESS",
            "lua in LOG",
            "guest in LOG"),
        notes);
  }

  private static String status(String target) {
    try {
      return felix.get(target).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void guest_takesPartFromTheNextRequestOn() throws IOException, BundleException {
    assertTrue(felix.get("/guest").startsWith("HTTP/1.1 200"));
    Bundle bundle = felix.install(guest);
    Command.await("guest", () -> status("/guest").equals("403"));
    bundle.uninstall();
    assertEquals("200", status("/guest"));
  }

  @Test
  void locationOfAMissingModule_isClosed() throws IOException, BundleException {
    assertTrue(felix.get("/lua").startsWith("HTTP/1.1 200"));
    felix.bundle("moonphase.phase.access").uninstall();
    assertTrue(felix.get("/lua").startsWith("HTTP/1.1 503"));
    assertTrue(felix.get("/").startsWith("HTTP/1.1 200"));
    felix.install(Provision.jar("phase.access"));
    assertTrue(felix.get("/lua").startsWith("HTTP/1.1 200"));
  }

  @Test
  void vmStart_showsItsStepsAndHooks() throws IOException {
    String log = felix.errorLog();
    int at = 0;
    for (String step :
        List.of(
            "lua creating new vm state",
            "lua opening library",
            "lua initializing lua registry",
            "lua initializing lua globals",
            "lua preload hook \"cjson\" of moonphase.preload.cjson",
            "init runs")) {
      int next = log.indexOf(step, at);
      assertTrue(next >= 0, step + " is not in the log, or not in its place");
      at = next;
    }
  }

  @Test
  void javaPreloadModule_comesAndGoes() throws IOException, BundleException {
    assertTrue(felix.get("/json").contains("[1,\"x\"]"));
    felix.bundle("moonphase.preload.cjson").uninstall();
    assertTrue(felix.get("/json").startsWith("HTTP/1.1 500"));
    felix.install(Provision.jar("preload.cjson"));
    assertTrue(felix.get("/json").contains("[1,\"x\"]"));
  }

  @Test
  void luaPreloadBundle_comesAndGoes() throws IOException, BundleException {
    Path jar =
        Jars.bundle("geo")
            .header(
                "Provide-Capability",
                "moonphase.lua.module;name:List<String>=\"geo,geo.db\";path=/lua")
            .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=moonphase.lua)\"")
            .text("lua/geo.lua", "return { country = function() return require('geo.db')[1] end }")
            .text("lua/geo/db.lua", "return { 'Neverland' }")
            .write(folder.resolve("geo.jar"));
    assertTrue(felix.get("/geo").contains("no geo"));
    Bundle bundle = felix.install(jar);
    assertTrue(felix.get("/geo").contains("Neverland"));
    bundle.uninstall();
    assertTrue(felix.get("/geo").contains("no geo"));
  }
}
