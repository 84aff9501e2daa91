package moonphase.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a package says of itself in opm's file {@code dist.ini}: lines {@code key = value}.
 * Immutable.
 *
 * <p>Source: opm's manual, "File dist.ini".
 */
record DistIni(Map<String, String> values) {
  /** Reads the file in {@code folder}; where there is none, nothing is said. */
  static DistIni of(Path folder) throws IOException {
    Path file = folder.resolve("dist.ini");
    Map<String, String> values = new LinkedHashMap<>();
    if (Files.exists(file)) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
          continue;
        }
        int equals = text.indexOf('=');
        if (equals < 1) {
          throw new PackException(file + ":" + number + ": no \"key = value\" in \"" + text + "\"");
        }
        values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
      }
    }
    return new DistIni(values);
  }

  /** The value of a key; empty if it is not there, or says nothing. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  /** The values of a key that holds several, with commas between them. */
  List<String> list(String key) {
    return value(key).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
