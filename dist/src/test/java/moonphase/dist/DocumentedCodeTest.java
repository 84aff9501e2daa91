package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java that the manual shows is Java of the examples, which are built and run. */
class DocumentedCodeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void everyBlock_isPartOfAnExample() throws IOException {
    List<String> sources = new ArrayList<>();
    for (Path file : Folders.files(Path.of("examples"), ".java")) {
      sources.add(Files.readString(file));
    }
    String manual = Files.readString(Path.of("docs/plugins.md"));
    List<String> blocks = JAVA.matcher(manual).results().map(DocumentedCodeTest::code).toList();
    assertFalse(blocks.isEmpty());
    List<String> strange =
        blocks.stream()
            .filter(block -> sources.stream().noneMatch(source -> source.contains(block)))
            .toList();
    assertEquals(List.of(), strange);
  }

  private static String code(MatchResult block) {
    return block.group(1);
  }
}
