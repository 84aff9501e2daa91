package moonphase.kernel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import moonphase.spi.ConfException;
import moonphase.spi.LogFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  @TempDir Path folder;

  private final LogFiles files = new LogFiles(line -> null);

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @Test
  void file_is_appended_to_byte_by_byte() throws IOException {
    Files.writeString(folder.resolve("a"), "old\n");
    files.open(folder.resolve("a")).write("n\u00e9w\n");
    assertEquals("old\nn\u00e9w\n", text("a"));
  }

  @Test
  void file_of_one_name_is_one_file() {
    LogFile file = files.open(folder.resolve("a"));
    assertSame(file, files.open(folder.resolve("b/../a")));
    assertSame(file, files.at(folder.resolve("a")));
  }

  @Test
  void file_that_is_only_named_is_not_made() {
    files.at(folder.resolve("a")).write("lost\n");
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void moved_file_is_made_anew_on_reopening() throws IOException {
    LogFile file = files.open(folder.resolve("a"));
    file.write("1\n");
    Files.move(folder.resolve("a"), folder.resolve("a.1"));
    file.write("2\n");
    assertEquals(List.of(), files.reopen());
    file.write("3\n");
    assertEquals("1\n2\n", text("a.1"));
    assertEquals("3\n", text("a"));
  }

  @Test
  void file_that_cannot_be_opened_anew_goes_on_and_is_named() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("d"));
    LogFile file = files.open(inner.resolve("a"));
    Files.move(inner, folder.resolve("e"));
    assertEquals(
        List.of("open() \"" + inner + "/a\" failed (2: No such file or directory)"),
        files.reopen());
    file.write("still\n");
    assertEquals("still\n", text("e/a"));
  }

  @Test
  void file_that_cannot_be_opened_is_refused_in_nginx_words() {
    assertEquals(
        "open() \"" + folder + "/no/a\" failed (2: No such file or directory)",
        assertThrows(ConfException.class, () -> files.open(folder.resolve("no/a"))).getMessage());
    assertEquals(
        "open() \"" + folder + "\" failed (21: Is a directory)",
        assertThrows(ConfException.class, () -> files.open(folder)).getMessage());
  }
}
