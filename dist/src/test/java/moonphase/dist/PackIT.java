package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import moonphase.dist.Command.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code moonphase pack}: folders of Lua files become bundles that a server takes. */
class PackIT {
  private static final String MOONPHASE = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();

  @TempDir Path folder;

  @Test
  void packedFolder_isRequiredByAResponse() throws IOException {
    Path source = folder.resolve("lua-resty-geo");
    write(source.resolve("dist.ini"), "# opm\nname = lua-resty-geo\nversion = 0.2\n");
    write(
        source.resolve("lib/resty/geo.lua"),
        "return { country = function() return require('resty.geo.db')[1] end }\n");
    write(source.resolve("lib/resty/geo/db/init.lua"), "return { 'Neverland' }\n");
    try (Installation server = new Installation(folder)) {
      server.configure(
          "",
          "",
          "location / { content_by_lua_block { ngx.say(require('resty.geo').country()) } }");
      server.start();
      assertTrue(server.get("/").startsWith("HTTP/1.1 500"));
      Path jar = server.deploy().resolve("geo.jar");
      Result packed = server.command("pack", source.toString(), "-o", jar.toString());
      String said = jar + ": lua-resty-geo 0.2.0 with resty.geo, resty.geo.db\n";
      assertEquals(new Result(0, said, ""), packed);
      Command.await("module", () -> server.get("/").contains("Neverland"));
    }
  }

  @Test
  void manifest_saysWhatThePackageSays() throws IOException {
    Path source = folder.resolve("source");
    write(
        source.resolve("dist.ini"),
        """
        name = lua-resty-geo
        lib_dir = src
        exclude_files = *_spec.lua
        requires = luajit >= 2.1, openresty, somebody/lua-resty-lrucache >= 0.10rc1
        """);
    write(source.resolve("src/resty/geo.lua"), "local _M = { _VERSION = '1.2.3.4' }\nreturn _M\n");
    write(source.resolve("src/resty/geo_spec.lua"), "this is not Lua");
    write(source.resolve("src/.hidden/x.lua"), "this is not Lua");
    write(source.resolve("LICENSE"), "do what you want\n");
    Path jar = folder.resolve("x.jar");
    Result packed = Command.run(MOONPHASE, "pack", source.toString(), "-o", jar.toString());
    assertEquals(0, packed.status(), packed.err());
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes headers = file.getManifest().getMainAttributes();
      assertEquals("lua-resty-geo", headers.getValue("Bundle-SymbolicName"));
      assertEquals("1.2.3.4", headers.getValue("Bundle-Version"));
      assertEquals(
          "moonphase.lua.module;name:List<String>=\"resty.geo\";path=/lua",
          headers.getValue("Provide-Capability"));
      assertEquals(
          "osgi.extender;filter:=\"(osgi.extender=moonphase.lua)\","
              + "osgi.identity;filter:=\"(&(osgi.identity=lua-resty-lrucache)(version>=0.10.0.rc1))\"",
          headers.getValue("Require-Capability"));
      assertTrue(file.getEntry("META-INF/LICENSE") != null);
    }
  }

  @Test
  void syntaxErrors_areAllReportedAndNothingIsWritten() throws IOException {
    Path source = folder.resolve("plain");
    write(source.resolve("good.lua"), "return 1\n");
    write(source.resolve("bad.lua"), "local x\nx =\n= 3\n");
    write(source.resolve("deep/worse.lua"), "return {\n");
    Path jar = folder.resolve("x.jar");
    Result packed = Command.run(MOONPHASE, "pack", source.toString(), "-o", jar.toString());
    assertEquals(
        new Result(
            1,
            "",
            """
            moonphase pack: %1$s/bad.lua:3: unexpected symbol near '='
            moonphase pack: %1$s/deep/worse.lua:2: unexpected symbol near '<eof>'
            """
                .formatted(source)),
        packed);
    assertFalse(Files.exists(jar));
  }

  @Test
  void oneModuleInTwoFiles_isRefused() throws IOException {
    Path source = folder.resolve("plain");
    write(source.resolve("geo.lua"), "return 1\n");
    write(source.resolve("geo/init.lua"), "return 2\n");
    Result packed = Command.run(MOONPHASE, "pack", source.toString());
    String problem = "%1$s/geo/init.lua: module \"geo\" is %1$s/geo.lua already\n";
    assertEquals(new Result(1, "", "moonphase pack: " + problem.formatted(source)), packed);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
