package moonphase.http.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SymlinkRuleTest {
  private static final Spec SPEC =
      Spec.with(
          new StaticModule(),
          new StaticHandler(),
          new IndexModule(),
          new IndexHandler(),
          new TryFilesModule(),
          new TryFilesHandler(),
          new Pcre2Engine());

  private static Path folder = Path.of("/");

  @BeforeAll
  static void link() throws IOException {
    folder = Files.createTempDirectory("links").toRealPath();
    Files.createDirectories(folder.resolve("real/sub"));
    Files.writeString(folder.resolve("real/a.txt"), "a");
    Files.writeString(folder.resolve("real/sub/b.txt"), "b");
    Files.createSymbolicLink(folder.resolve("real/link.txt"), Path.of("a.txt"));
    Files.createSymbolicLink(folder.resolve("real/dir"), Path.of("sub"));
    Files.createSymbolicLink(folder.resolve("root"), Path.of("real"));
  }

  @AfterAll
  static void remove() throws IOException {
    for (String name :
        "root real/dir real/link.txt real/sub/b.txt real/a.txt real/sub real".split(" ")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
    assertTrue(Files.notExists(folder));
  }

  private static Stream<DynamicTest> answers(
      String rule, String root, String target, int status, String log) {
    String text =
        """
        === %s: %s in %s is %d
        --- config
        location /x/ { alias %s/; disable_symlinks %s; }
        --- request
        GET /x/%s
        --- error_code: %d
        """
            .formatted(rule, target, root, status, folder.resolve(root), rule, target, status);
    return SPEC.cases(log.isEmpty() ? text : text + "--- error_log\n" + log + "\n");
  }

  @TestFactory
  Stream<DynamicTest> links() {
    String loop = "failed (40: Too many levels of symbolic links)";
    String noFolder = "failed (20: Not a directory)";
    return Stream.of(
            answers("off", "real", "link.txt", 200, ""),
            answers("on", "real", "a.txt", 200, ""),
            answers("on", "real", "link.txt", 403, loop),
            answers("on", "real", "dir/b.txt", 404, noFolder),
            answers("on", "root", "a.txt", 404, noFolder),
            answers("on from=" + folder + "/root", "root", "a.txt", 200, ""),
            answers("on from=" + folder + "/root/", "root", "a.txt", 200, ""),
            answers("on from=" + folder + "/root", "root", "link.txt", 403, loop),
            answers("if_not_owner", "real", "link.txt", 200, ""),
            answers("if_not_owner", "real", "missing", 404, "(2: No such file or directory)"))
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return SPEC.cases(
        """
        === a mode is needed
        --- http_config
        disable_symlinks from=/x;
        --- must_die
        --- error_log
        "disable_symlinks" must have "off", "on" or "if_not_owner" parameter in
        === from needs a mode that looks
        --- http_config
        disable_symlinks off from=/x;
        --- must_die
        --- error_log
        "from=" cannot be used with "off" parameter in
        === modes are three
        --- http_config
        disable_symlinks maybe;
        --- must_die
        --- error_log
        invalid parameter "maybe" in
        """);
  }
}
