package moonphase.http.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import moonphase.spi.Connection;
import moonphase.spi.Exchange;
import moonphase.spi.Worker;
import org.junit.jupiter.api.Test;

class BufferedSinkTest {
  private final List<String> written = new ArrayList<>();
  private final List<Runnable> scheduled = new ArrayList<>();
  private final Exchange exchange = exchange();

  @Test
  void lines_areWrittenWhenTheNextOneDoesNotFit() {
    BufferedSink sink = new BufferedSink(written::add, 8, 0, 0);
    sink.write(exchange, "abc\n");
    sink.write(exchange, "def\n");
    assertEquals(List.of(), written);
    sink.write(exchange, "g\n");
    assertEquals(List.of("abc\ndef\n"), written);
    sink.flush();
    assertEquals(List.of("abc\ndef\n", "g\n"), written);
  }

  @Test
  void lineLargerThanTheBuffer_followsThoseBeforeIt() {
    BufferedSink sink = new BufferedSink(written::add, 4, 0, 0);
    sink.write(exchange, "a\n");
    sink.write(exchange, "abcdef\n");
    assertEquals(List.of("a\n", "abcdef\n"), written);
  }

  @Test
  void time_flushesOnceForABlock() {
    BufferedSink sink = new BufferedSink(written::add, 80, 1000, 0);
    sink.write(exchange, "a\n");
    sink.write(exchange, "b\n");
    assertEquals(1, scheduled.size());
    scheduled.removeFirst().run();
    assertEquals(List.of("a\nb\n"), written);
    sink.write(exchange, "c\n");
    assertEquals(1, scheduled.size());
  }

  @Test
  void block_isCompressedAsAWhole() throws IOException {
    BufferedSink sink = new BufferedSink(written::add, 80, 0, 9);
    sink.write(exchange, "a\u00e4\n");
    sink.flush();
    byte[] block = written.getFirst().getBytes(StandardCharsets.ISO_8859_1);
    byte[] lines = new GZIPInputStream(new ByteArrayInputStream(block)).readAllBytes();
    assertEquals("a\u00e4\n", new String(lines, StandardCharsets.ISO_8859_1));
  }

  @Test
  void emptyBuffer_writesNothing() {
    new BufferedSink(written::add, 80, 0, 0).flush();
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
    return proxy(Exchange.class, Map.of("connection", args -> connection));
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
