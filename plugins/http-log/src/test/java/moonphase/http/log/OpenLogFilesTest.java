package moonphase.http.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLogFilesTest {
  @TempDir Path folder;

  private static OpenLogFiles files(int max, int minUses, long valid) {
    return new OpenLogFiles(new OpenLogFiles.Parameters(max, 10, minUses, valid));
  }

  private String name(String file) {
    return folder.resolve(file).toString();
  }

  @Test
  void movedFile_isWrittenToUntilItsNameIsChecked() throws IOException {
    OpenLogFiles lazy = files(2, 1, 60);
    lazy.append(name("a"), "1\n");
    Files.move(folder.resolve("a"), folder.resolve("b"));
    lazy.append(name("a"), "2\n");
    assertEquals("1\n2\n", Files.readString(folder.resolve("b")));
    lazy.close();
    lazy.append(name("a"), "3\n");
    assertEquals("3\n", Files.readString(folder.resolve("a")));
    OpenLogFiles eager = files(2, 1, 0);
    eager.append(name("a"), "4\n");
    Files.move(folder.resolve("a"), folder.resolve("c"));
    eager.append(name("a"), "5\n");
    assertEquals("5\n", Files.readString(folder.resolve("a")));
    lazy.close();
    eager.close();
  }

  @Test
  void fileThatIsNotUsedOftenEnough_isOpenedForEachLine() throws IOException {
    OpenLogFiles files = files(2, 3, 60);
    files.append(name("a"), "1\n");
    Files.move(folder.resolve("a"), folder.resolve("b"));
    files.append(name("a"), "2\n");
    assertEquals("2\n", Files.readString(folder.resolve("a")));
    files.close();
  }

  @Test
  void tooManyFiles_closeTheOneUsedLongestAgo() throws IOException {
    OpenLogFiles files = files(2, 1, 60);
    files.append(name("a"), "1\n");
    files.append(name("b"), "1\n");
    files.append(name("a"), "2\n");
    files.append(name("c"), "1\n");
    assertEquals(2, files.size());
    Files.move(folder.resolve("a"), folder.resolve("a1"));
    Files.move(folder.resolve("b"), folder.resolve("b1"));
    files.append(name("a"), "3\n");
    files.append(name("b"), "2\n");
    assertEquals("1\n2\n3\n", Files.readString(folder.resolve("a1")));
    assertEquals("2\n", Files.readString(folder.resolve("b")));
    files.close();
  }

  @Test
  void folderThatIsMissing_isTold() {
    OpenLogFiles files = files(2, 1, 60);
    assertThrows(NoSuchFileException.class, () -> files.append(name("none/a"), "1\n"));
    assertEquals(0, files.size());
  }
}
