package moonphase.kernel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import moonphase.spi.LogLevel;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
  @Test
  void buffer_keepsTheNewestLines() {
    MemoryLog log = new MemoryLog(40, "/n.conf:3");
    String first = "MEMLOG 40 /n.conf:3\n";
    assertEquals(first + " ".repeat(20), log.content());
    log.write(LogLevel.ERROR, "123456789\n");
    log.write(LogLevel.ERROR, "abcdefghi\n");
    assertEquals(first + "123456789\nabcdefghi\n", log.content());
    log.write(LogLevel.ERROR, "new\n");
    assertTrue(log.content().startsWith(first + "new\n56789\nabc"));
  }

  @Test
  void lineAcrossTheEnd_goesOnAtTheStart() {
    MemoryLog log = new MemoryLog(30, "/n.conf:3");
    log.write(LogLevel.ERROR, "1234567\n");
    log.write(LogLevel.ERROR, "abc\n");
    assertEquals("MEMLOG 30 /n.conf:3\nc\n34567\nab", log.content());
  }
}
