package moonphase.http.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import moonphase.spi.Connection;
import moonphase.spi.Errno;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.Generation;
import moonphase.spi.Location;
import moonphase.spi.Worker;
import org.junit.jupiter.api.Test;

class LineBufferTest {
  private final List<String> written = new ArrayList<>();
  private final List<Runnable> scheduled = new ArrayList<>();
  private final List<String> logged = new ArrayList<>();
  private final ErrorLog log = log();
  private final Exchange exchange = exchange();
  private Errno failure;

  private LineBuffer buffer(int size, long flushMillis, int gzipLevel) {
    return new LineBuffer(
        block -> {
          written.add(block);
          return failure;
        },
        new WriteFailures("/logs/a"),
        new LineBuffer.Parameters(size, flushMillis, gzipLevel));
  }

  @Test
  void lines_areWrittenWhenTheNextOneDoesNotFit() {
    LineBuffer sink = buffer(8, 0, 0);
    sink.write(exchange, "abc\n");
    sink.write(exchange, "def\n");
    assertEquals(List.of(), written);
    sink.write(exchange, "g\n");
    assertEquals(List.of("abc\ndef\n"), written);
    sink.flush(log);
    assertEquals(List.of("abc\ndef\n", "g\n"), written);
  }

  @Test
  void lineLargerThanTheBuffer_followsThoseBeforeIt() {
    LineBuffer sink = buffer(4, 0, 0);
    sink.write(exchange, "a\n");
    sink.write(exchange, "abcdef\n");
    assertEquals(List.of("a\n", "abcdef\n"), written);
  }

  @Test
  void time_flushesOnceForABlock() {
    LineBuffer sink = buffer(80, 1, 0);
    sink.write(exchange, "a\n");
    sink.write(exchange, "b\n");
    assertEquals(1, scheduled.size());
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
    scheduled.removeFirst().run();
    assertEquals(List.of("a\nb\n"), written);
    sink.write(exchange, "c\n");
    assertEquals(1, scheduled.size());
  }

  @Test
  void timer_isOneHoweverOftenTheBufferIsFull() {
    LineBuffer sink = buffer(4, 1000, 0);
    for (int i = 0; i < 10; i++) {
      sink.write(exchange, "abc\n");
    }
    assertEquals(9, written.size());
    assertEquals(1, scheduled.size());
    scheduled.removeFirst().run();
    assertEquals(9, written.size(), "the last line has not waited for a second");
    assertEquals(1, scheduled.size());
  }

  @Test
  void failure_isToldOnceAMinute() {
    LineBuffer sink = buffer(4, 0, 0);
    failure = Errno.EROFS;
    for (int i = 0; i < 10; i++) {
      sink.write(exchange, "abc\n");
    }
    assertEquals(
        List.of("ALERT write() to \"/logs/a\" failed (30: Read-only file system)"), logged);
    assertEquals(9, written.size());
  }

  @Test
  void fullDisk_isLeftAloneForTheSecond() {
    LineBuffer sink = buffer(4, 0, 0);
    failure = Errno.ENOSPC;
    for (int i = 0; i < 100; i++) {
      sink.write(exchange, "abc\n");
    }
    assertEquals(
        List.of("ALERT write() to \"/logs/a\" failed (28: No space left on device)"), logged);
    assertTrue(written.size() < 10, "tried " + written.size() + " times");
  }

  @Test
  void block_isCompressedAsAWhole() throws IOException {
    LineBuffer sink = buffer(80, 0, 9);
    sink.write(exchange, "a\u00e4\n");
    sink.flush(log);
    byte[] block = written.getFirst().getBytes(StandardCharsets.ISO_8859_1);
    byte[] lines = new GZIPInputStream(new ByteArrayInputStream(block)).readAllBytes();
    assertEquals("a\u00e4\n", new String(lines, StandardCharsets.ISO_8859_1));
  }

  @Test
  void emptyBuffer_writesNothing() {
    buffer(80, 0, 0).flush(log);
    assertEquals(List.of(), written);
  }

  /** An exchange of which only the worker's timer is there. */
  private Exchange exchange() {
    Worker worker =
        proxy(
            Worker.class,
            Map.of(
                "schedule",
                args -> {
                  scheduled.add((Runnable) args[1]);
                  return (Worker.Cancellable) () -> {};
                }));
    Connection connection = proxy(Connection.class, Map.of("worker", args -> worker));
    Generation generation = proxy(Generation.class, Map.of("log", args -> log));
    Location location = proxy(Location.class, Map.of("generation", args -> generation));
    return proxy(
        Exchange.class,
        Map.of("connection", args -> connection, "location", args -> location, "log", args -> log));
  }

  private ErrorLog log() {
    return proxy(
        ErrorLog.class,
        Map.of(
            "log",
            args -> {
              logged.add(args[0] + " " + args[1]);
              return null;
            }));
  }

  private interface Answer {
    Object answer(Object[] args);
  }

  private static <T> T proxy(Class<T> type, Map<String, Answer> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answers.get(method.getName()).answer(args)));
  }
}
