package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import moonphase.dist.Command.Result;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code moonphase new}: projects that build, and that a server takes. */
class NewIT {
  private static final String MOONPHASE = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();

  @TempDir Path folder;

  @Test
  void newProjects_buildAndServe() throws IOException {
    try (Installation server = new Installation(folder)) {
      for (String kind : new String[] {"phase", "preload", "lua"}) {
        Path project = folder.resolve(kind);
        Result result = server.command("new", kind, "hello-" + kind, project.toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains(project + "/pom.xml\n"), result.out());
        String pom = Files.readString(project.resolve("pom.xml"));
        assertTrue(pom.contains("<version>1.0.0</version>") && !pom.contains("@"), pom);
        new MavenProject(project).build(server.deploy().resolve(kind + ".jar"));
      }
      server.configure(
          "",
          "",
          """
          location / { content_by_lua_block {
              ngx.say(require("hello-preload").greet("moon"))
              ngx.say(require("hello-lua").greet("moon")) } }
          """);
      server.start();
      String answer = server.get("/");
      assertTrue(answer.contains("\r\nX-Handled-By: hello-phase 1\r\n"), answer);
      assertEquals(
          "hello moon from hello-preload\nhello moon from hello-lua\n", Client.body(answer));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          phase   | Hello  | "Hello" is no name: lower-case letters and digits, words joined by "-"
          phase   | a--b   | "a--b" is no name: lower-case letters and digits, words joined by "-"
          preload | 1st    | "1st" is no name: lower-case letters and digits, words joined by "-"
          lua     | ../x   | "../x" is no name: lower-case letters and digits, words joined by "-"
          phase   | class  | "class" is a word of Java's or of the server's own
          filter  | x      | `usage: moonphase new phase|preload|lua name [folder]`
          """)
  void badWord_isNamed(String kind, String name, String message) throws IOException {
    Result result = Command.run(MOONPHASE, "new", kind, name, folder.resolve("x").toString());
    assertEquals(new Result(1, "", "moonphase new: " + message + "\n"), result);
    assertTrue(Files.notExists(folder.resolve("x")));
  }

  @Test
  void existingFolder_isLeftAlone() throws IOException {
    Path there = Files.createDirectories(folder.resolve("there"));
    Result result = Command.run(MOONPHASE, "new", "phase", "hello", there.toString());
    String message = "moonphase new: \"" + there + "\" is there already\n";
    assertEquals(new Result(1, "", message), result);
    assertEquals(0, Folders.names(there).size());
  }
}
