package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No target leads out of a root or an alias. The statuses are nginx's, except where nginx itself
 * leaves the folder: by an alias whose location has no slash at its end, and by rewritten URIs.
 */
class WaysOutIT {
  private static final String SECRET = "this is outside";

  private static final String LOCATIONS =
      """
          root html;
          location /alias/ { alias data/; }
          location /open { alias data/; }
          location /bare { alias data; }
          location ~ ^/re/(.*)$ { alias %PREFIX%/data/$1; }
          location /rw/ { rewrite ^/rw/(.*)$ /$1 break; }
          location /last/ { rewrite ^/last/(.*)$ /alias/$1 last; }
          location /arg { rewrite ^ /$arg_f break; }
          location /argl { rewrite ^ /alias/$arg_f last; }
          location /try { try_files /$arg_f =404; }
      """;

  private static final String CONFIGURATION =
      """
      worker_processes 1;
      error_log logs/error.log;
      events { }
      http {
          server { listen %SOCKET%; LOCATIONS }
          server { listen %SOCKET%.merge; merge_slashes off; LOCATIONS }
      }
      """
          .replace("LOCATIONS", LOCATIONS);

  @TempDir Path folder;

  @Test
  void noTarget_leadsOut() throws IOException {
    List<String> faults = new ArrayList<>();
    int asked = 0;
    try (Prefix prefix = new Prefix(folder)) {
      prefix.write("conf/nginx.conf", CONFIGURATION);
      prefix.write("secret.txt", SECRET);
      prefix.write("html2/secret.txt", SECRET);
      prefix.write("html/index.html", "page");
      prefix.write("data/datum.txt", "datum");
      assertEquals(new Command.Result(0, "", ""), prefix.run());
      assertTrue(prefix.client().get("/alias/datum.txt").endsWith("datum"));
      for (String line : lines()) {
        String[] columns = line.split("\t", -1);
        String[] request = columns[0].split(" ", 2);
        Client client = request[0].equals("GET") ? prefix.client() : prefix.client("socket.merge");
        String answer = client.get(request[1]);
        String wanted = columns[columns.length - 1];
        assertFalse(answer.contains(SECRET) || answer.contains("root:"), line);
        if (!answer.startsWith("HTTP/1.1 " + wanted + " ")) {
          faults.add(line + ": " + answer.lines().findFirst().orElse("nothing"));
        }
        asked++;
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(asked >= 400, asked + " targets");
  }

  private static List<String> lines() throws IOException {
    try (InputStream targets =
        Objects.requireNonNull(WaysOutIT.class.getResourceAsStream("/ways-out.txt"))) {
      return new String(targets.readAllBytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .toList();
    }
  }
}
