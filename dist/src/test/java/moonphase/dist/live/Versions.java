package moonphase.dist.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import moonphase.dist.Jars;
import moonphase.dist.osgi.Reports;

/**
 * Bundles of the tests, in as many versions as they ask for.
 *
 * @param folder where the jars are written
 */
record Versions(Path folder) {
  private static final String CONFIGURATION =
      """
      worker_processes 2;
      error_log logs/error.log warn;
      events { }
      http {
          keepalive_requests 1000000000;
          lua_shared_dict hits 1m;
          init_worker_by_lua_block { started = true }
          log_format short '$request_method $uri $status';
          access_log logs/access.log short;
          server {
              listen %SOCKET%;
              root html;
              location = /plain { echo plain; }
              location = /lua {
                  rewrite_by_lua_block { ngx.header["X-Rewritten"] = "lua" }
                  access_by_lua_block { ngx.header["X-Access"] = "lua" }
                  content_by_lua_block {
                      ngx.shared.hits:incr("n", 1, 0)
                      local body = require("cjson").encode({ geo = require("geo").version() })
                      ngx.header["Content-Length"] = #body
                      ngx.print(body)
                  }
                  header_filter_by_lua_block { ngx.header["X-Filtered"] = "lua" }
                  log_by_lua_block { ngx.shared.hits:incr("logged", 1, 0) }
              }
              location = /marked { marked X-Marked; allow all; auth_basic off;
                                   echo $marked_version; }
              location = /echo { set $word hello; echo $word; add_header X-Added yes;
                                 more_set_headers "X-More: yes"; }
              location = /file.txt { }
          }
      }
      """;

  /** A configuration that uses everything, with a file in {@code html}. */
  static String configuration() {
    return CONFIGURATION;
  }

  /** Writes the file. */
  static void html(Path prefix) throws IOException {
    Files.createDirectories(prefix.resolve("html"));
    Files.writeString(prefix.resolve("html/file.txt"), "a file\n");
  }

  Path reports() throws IOException {
    html(folder.resolve("prefix"));
    return Jars.bundle("reports")
        .header("Bundle-Activator", Reports.class.getName())
        .header("Import-Package", "org.osgi.framework")
        .type(Reports.class)
        .write(folder.resolve("reports.jar"));
  }

  Path guard(int version) throws IOException {
    return activated("guard", Guard.class, version).write(jar("guard", version));
  }

  Path marked(int version) throws IOException {
    return activated("marked", Marked.class, version)
        .type(Marked.Field.class)
        .write(jar("marked", version));
  }

  /** A bundle that has a class of the tests as its activator. */
  static Jars activated(String name, Class<?> activator, int version) {
    return Jars.bundle(name)
        .header("Bundle-Version", "1.0." + version)
        .header("Bundle-Activator", activator.getName())
        .header("Import-Package", "org.osgi.framework, moonphase.spi")
        .type(activator);
  }

  Path geo(int version) throws IOException {
    return geo("geo", "1.0." + version, jar("geo", version));
  }

  /** A pure-Lua bundle whose module {@code geo} tells what is given here. */
  static Path geo(String bundle, String told, Path jar) throws IOException {
    return Jars.bundle(bundle)
        .header("Bundle-Version", "1.0.0")
        .header("Provide-Capability", "moonphase.lua.module;name:List<String>=\"geo\";path=/lua")
        .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=moonphase.lua)\"")
        .text("lua/geo.lua", "return { version = function() return '" + told + "' end }")
        .write(jar);
  }

  private Path jar(String name, int version) {
    return folder.resolve(name + "-1.0." + version + ".jar");
  }
}
