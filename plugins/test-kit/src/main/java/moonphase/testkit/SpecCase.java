package moonphase.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case: a title and its sections. Immutable.
 *
 * <p>{@code --- name: value} is a section of one line without line end, {@code --- name} one of
 * several lines; {@code --- name chop} cuts the last line end. {@code --- ONLY} and {@code ---
 * SKIP} do not exist.
 *
 * @param title a sentence
 * @param sections by name
 */
public record SpecCase(String title, Map<String, String> sections) {

  /**
   * Reads cases; each begins with a line {@code === title}.
   *
   * @throws IllegalArgumentException if there is none, or one says something outside a section
   */
  public static List<SpecCase> parse(String text) {
    List<SpecCase> cases = new ArrayList<>();
    for (String block : text.split("(?m)^=== ", -1)) {
      if (block.isBlank()) {
        continue;
      }
      int end = block.indexOf('\n');
      cases.add(new SpecCase(block.substring(0, end).strip(), sections(block.substring(end + 1))));
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no case in: " + text);
    }
    return cases;
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String[] parts = text.split("(?m)^--- ", -1);
    if (!parts[0].isBlank()) {
      throw new IllegalArgumentException("text outside a section: " + parts[0]);
    }
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      String head = end < 0 ? parts[i] : parts[i].substring(0, end);
      String content = end < 0 ? "" : parts[i].substring(end + 1);
      int colon = head.indexOf(':');
      if (colon >= 0) {
        sections.put(head.substring(0, colon).strip(), head.substring(colon + 1).strip());
      } else if (head.endsWith(" chop")) {
        sections.put(head.substring(0, head.length() - 5).strip(), chop(content));
      } else {
        sections.put(head.strip(), content.replaceAll("\\n+\\z", "\n"));
      }
    }
    return sections;
  }

  private static String chop(String content) {
    return content.replaceAll("\\n+\\z", "");
  }

  boolean has(String section) {
    return sections.containsKey(section);
  }

  String get(String section) {
    return sections.getOrDefault(section, "");
  }

  List<String> lines(String section) {
    return get(section).lines().filter(line -> !line.isBlank()).toList();
  }
}
