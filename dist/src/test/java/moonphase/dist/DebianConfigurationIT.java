package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration with the directives of Debian's, spread over files as Debian does. */
class DebianConfigurationIT {
  private static final String MAIN =
      """
      user %USER%;
      worker_processes auto;
      pid logs/nginx.pid;
      error_log logs/error.log;
      include modules-enabled/*.conf;
      events {
          worker_connections 768;
      }
      http {
          sendfile on;
          tcp_nopush on;
          types_hash_max_size 2048;
          include mime.types;
          default_type application/octet-stream;
          ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
          ssl_prefer_server_ciphers on;
          access_log logs/access.log;
          gzip on;
          include conf.d/*.conf;
          include sites-enabled/*;
      }
      """;

  private static final String SITE =
      """
      server {
          listen %SOCKET% default_server;
          root html;
          index index.html index.htm index.nginx-debian.html;
          server_name _;
          include snippets/*.conf;
          location / {
              try_files $uri $uri/ =404;
          }
      }
      """;

  @TempDir Path folder;

  private void write(Prefix prefix) throws IOException {
    boolean isDebian = Files.readString(Path.of("/etc/passwd")).contains("\nwww-data:");
    prefix.write("conf/nginx.conf", MAIN.replace("%USER%", isDebian ? "www-data" : "nobody"));
    prefix.write(
        "conf/mime.types",
        "types {\n  text/html html htm shtml;\n  text/css css;\n  image/png png;\n}\n");
    prefix.write("conf/modules-enabled/50-echo.conf", load("ngx_http_echo_module"));
    prefix.write("conf/modules-enabled/10-ndk.conf", load("ndk_http_module"));
    prefix.write("conf/modules-enabled/50-lua.conf", load("ngx_http_lua_module"));
    prefix.write(
        "conf/modules-enabled/50-headers.conf", load("ngx_http_headers_more_filter_module"));
    prefix.write("conf/sites-enabled/default", SITE);
    prefix.write("conf/snippets/one.conf", "location = /one { return 200 one; }\n");
    prefix.write("conf/snippets/two.conf", "location = /two { return 200 two; }\n");
    prefix.write("html/index.nginx-debian.html", "<h1>Welcome</h1>\n");
    prefix.write("html/long.html", "a line of text that comes again and again\n".repeat(100_000));
    prefix.write("html/style.css", "a { color: red }\n");
  }

  private static String load(String name) {
    return "load_module modules/" + name + ".so;\n";
  }

  @Test
  void stockConfiguration_passesTheTestAndServesItsPage() throws IOException {
    try (Prefix prefix = new Prefix(folder)) {
      write(prefix);
      Command.Result test = prefix.run("-t");
      assertEquals(0, test.status(), test.err());
      assertTrue(test.err().endsWith("test is successful\n"), test.err());
      assertEquals(0, prefix.run().status());
      String page = prefix.client().get("/");
      assertTrue(page.startsWith("HTTP/1.1 200 OK\r\n"), page);
      assertTrue(page.contains("\r\nContent-Type: text/html\r\n"), page);
      assertTrue(page.endsWith("\r\n\r\n<h1>Welcome</h1>\n"), page);
      assertTrue(prefix.client().get("/style.css").contains("\r\nContent-Type: text/css\r\n"));
      assertTrue(prefix.client().get("/missing").startsWith("HTTP/1.1 404 Not Found\r\n"));
      assertTrue(prefix.client().get("/one").endsWith("\r\n\r\none"));
      assertTrue(prefix.client().get("/two").endsWith("\r\n\r\ntwo"));
    }
    assertEquals(5, Files.readAllLines(folder.resolve("logs/access.log")).size());
  }

  @Test
  void longFile_isCompressedAsItIsRead() throws IOException {
    try (Prefix prefix = new Prefix(folder)) {
      write(prefix);
      assertEquals(0, prefix.run().status());
      String whole = Files.readString(folder.resolve("html/long.html"));
      String answer = prefix.client().get("/long.html", "Accept-Encoding: gzip");
      String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
      assertTrue(head.contains("\r\nContent-Encoding: gzip"), head);
      assertTrue(head.contains("\r\nTransfer-Encoding: chunked"), head);
      assertTrue(head.contains("\r\nETag: W/\""), head);
      assertFalse(head.contains("Accept-Ranges"), head);
      byte[] compressed = joined(answer.substring(head.length() + 4));
      assertEquals(
          whole,
          new String(
              new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes(),
              StandardCharsets.ISO_8859_1));
      assertTrue(prefix.client().get("/long.html").endsWith("\r\n\r\n" + whole));
    }
  }

  /** The body that came in chunks. */
  private static byte[] joined(String chunks) {
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (true) {
      int end = chunks.indexOf("\r\n", at);
      int length = Integer.parseInt(chunks.substring(at, end), 16);
      if (length == 0) {
        return body.toString().getBytes(StandardCharsets.ISO_8859_1);
      }
      body.append(chunks, end + 2, end + 2 + length);
      at = end + 2 + length + 2;
    }
  }

  @Test
  void tls_isRefusedClearly() throws IOException {
    try (Prefix prefix = new Prefix(folder)) {
      write(prefix);
      prefix.write(
          "conf/conf.d/tls.conf",
          "server {\n    listen %SOCKET%.tls ssl;\n    server_name x;\n}\n");
      Command.Result test = prefix.run("-t");
      assertEquals(1, test.status());
      assertTrue(
          test.err()
              .contains(
                  "[emerg] the \"ssl\" parameter requires ngx_http_ssl_module in "
                      + folder.resolve("conf/conf.d/tls.conf")
                      + ":2"),
          test.err());
    }
  }
}
