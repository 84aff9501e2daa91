package moonphase.kernel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import moonphase.spi.LogLevel;
import org.junit.jupiter.api.Test;

class NginxErrorLogTest {
  private final StringBuilder first = new StringBuilder();
  private final StringBuilder second = new StringBuilder();
  private final NginxErrorLog log =
      new NginxErrorLog(List.of(into(first, LogLevel.ERROR))).with(into(second, LogLevel.INFO));

  private static NginxErrorLog.Target into(StringBuilder text, LogLevel level) {
    return new NginxErrorLog.Target((urgency, line) -> text.append(line), level);
  }

  @Test
  void line_has_nginxs_form() {
    log.write(
        LogLevel.ERROR,
        57,
        3,
        "went wrong",
        RequestContext.text("127.0.0.1", "localhost", "GET /t HTTP/1.1", "/sub", "h", "r"));
    String time = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d";
    assertTrue(
        first
            .toString()
            .matches(
                time
                    + " \\[error] 57#57: \\*3 went wrong, client: 127\\.0\\.0\\.1, server:"
                    + " localhost, request: \"GET /t HTTP/1\\.1\", subrequest: \"/sub\", host:"
                    + " \"h\", referrer: \"r\"\n"),
        first.toString());
  }

  @Test
  void context_leaves_out_what_is_not_known() {
    assertEquals(", client: c, server: ", RequestContext.text("c", "", "", "", "", ""));
  }

  @Test
  void line_of_the_process_has_no_connection() {
    log.log(LogLevel.WARN, "odd");
    long pid = ProcessHandle.current().pid();
    assertTrue(second.toString().endsWith(" [warn] " + pid + "#" + pid + ": odd\n"));
    assertEquals("", first.toString());
  }

  @Test
  void stderr_level_is_always_written_with_an_empty_tag() {
    log.log(LogLevel.STDERR, "x");
    assertTrue(first.toString().contains(" [] "));
  }

  @Test
  void level_is_enabled_if_one_file_takes_it() {
    assertTrue(log.isEnabled(LogLevel.INFO));
    assertFalse(log.isEnabled(LogLevel.DEBUG));
    assertFalse(new NginxErrorLog(List.of()).isEnabled(LogLevel.EMERG));
  }

  @Test
  void failure_follows_its_line() {
    log.log(LogLevel.ALERT, "bug", new IllegalStateException("why"));
    assertTrue(first.toString().contains(": bug\njava.lang.IllegalStateException: why\n\tat "));
  }

  @Test
  void long_line_is_cut_at_2048_bytes_with_its_end() {
    log.write(LogLevel.ERROR, 1, 1, "x".repeat(3000), ", client: c");
    assertEquals(2048, first.length());
    assertTrue(first.toString().endsWith("xx\n"));
    first.setLength(0);
    log.write(LogLevel.ERROR, 1, 1, "x", "y".repeat(3000));
    assertEquals(2048, first.length());
  }

  @Test
  void line_ends_within_a_message_stay() {
    log.write(LogLevel.ERROR, 1, 1, "a\nb", ", client: c");
    assertTrue(first.toString().endsWith("*1 a\nb, client: c\n"));
  }
}
