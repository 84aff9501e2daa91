package moonphase.http.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogEscapeTest {
  private static final String VALUE = "a\"b\\c\n\u0001\u007f\u00e4";

  @Test
  void default_escapesWhatIsNotPrintable() {
    assertEquals("a\\x22b\\x5Cc\\x0A\\x01\\x7F\\xE4", escaped(LogEscape.DEFAULT, VALUE));
    assertEquals("-", escaped(LogEscape.DEFAULT, null));
    assertEquals("", escaped(LogEscape.DEFAULT, ""));
  }

  @Test
  void json_escapesAsInStrings() {
    assertEquals("a\\\"b\\\\c\\n\\u0001\u007f\u00e4", escaped(LogEscape.JSON, VALUE));
    assertEquals("\\r\\t\\b\\f\\u001F", escaped(LogEscape.JSON, "\r\t\b\f\u001f"));
    assertEquals("", escaped(LogEscape.JSON, null));
  }

  @Test
  void none_leavesValuesAsTheyAre() {
    assertEquals(VALUE, escaped(LogEscape.NONE, VALUE));
    assertEquals("", escaped(LogEscape.NONE, null));
  }

  private static String escaped(LogEscape escape, @Nullable String value) {
    StringBuilder line = new StringBuilder();
    escape.append(line, value);
    return line.toString();
  }
}
