package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import moonphase.dist.osgi.Felix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without any bundle of Lua serves a configuration without Lua. */
class LuaFreeIT {
  private static final String LUA = "(lua|luaj|ngx|shdict|phase\\..*|preload\\..*)\\.jar";

  private static final String CONFIGURATION =
      """
      worker_processes 2;
      error_log logs/error.log info;
      events { worker_connections 64; }
      http {
          log_format short '$request_method $uri $status';
          access_log logs/access.log short;
          server {
              listen %SOCKET%;
              set $greeting hello;
              location / { root html; index index.html; }
              location = /closed { deny all; }
              location ~ ^/say/(\\w+)$ { return 200 "$greeting $1\\n"; }
              location /old { rewrite ^/old/(.*)$ /$1 last; }
          }
      }
      """;

  @Test
  void configurationWithoutLua_isServed(@TempDir Path folder) throws IOException {
    Path prefix = folder.resolve("prefix");
    Files.createDirectories(prefix.resolve("html"));
    Files.writeString(prefix.resolve("html/index.html"), "<p>index</p>\n");
    Path reports = AssembledServerIT.reports(folder);
    try (Felix felix = new Felix(prefix, reports, CONFIGURATION, jar -> !jar.matches(LUA))) {
      assertEquals(List.of(), felix.idle());
      assertFalse(
          Arrays.stream(felix.context().getBundles())
              .anyMatch(bundle -> bundle.getSymbolicName().contains("lua")));
      assertTrue(felix.get("/old/index.html").endsWith("<p>index</p>\n"));
      assertTrue(felix.get("/say/moon").endsWith("\r\n\r\nhello moon\n"));
      assertTrue(felix.get("/closed").startsWith("HTTP/1.1 403"));
      felix.control("quit");
      assertEquals("0", felix.await("exit"));
    }
    assertEquals(
        List.of("GET /index.html 200", "GET /say/moon 200", "GET /closed 403"),
        Files.readAllLines(prefix.resolve("logs/access.log")));
  }
}
