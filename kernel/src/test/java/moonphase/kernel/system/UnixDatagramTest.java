package moonphase.kernel.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import moonphase.spi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UnixDatagramTest {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;

  @TempDir Path folder;

  /** The other end, as a syslog daemon has it. */
  private static int bind(String path) {
    int socket = Libc.call("socket", AF_UNIX, SOCK_DGRAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
      MemorySegment address = arena.allocate(2 + 108);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      assertEquals(0, Libc.call("bind", socket, address, (int) address.byteSize()));
    }
    return socket;
  }

  private static String receive(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(4096);
      int count = Libc.call("recv", socket, bytes, bytes.byteSize(), MSG_DONTWAIT);
      assertTrue(count >= 0, "recv() failed: " + count);
      return new String(
          bytes.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void message_arrives() throws Exception {
    String path = folder.resolve("log").toString();
    int daemon = bind(path);
    try (UnixDatagram socket = UnixDatagram.connect(path)) {
      assertNull(socket.send(bytes("<190>hello")));
      assertNull(socket.send(bytes("<190>world")));
      assertEquals("<190>hello", receive(daemon));
      assertEquals("<190>world", receive(daemon));
    } finally {
      Libc.call("close", daemon);
    }
  }

  @Test
  void daemonThatDoesNotRead_isNotWaitedFor() throws Exception {
    String path = folder.resolve("log").toString();
    int daemon = bind(path);
    try (UnixDatagram socket = UnixDatagram.connect(path)) {
      Errno failure = null;
      for (int i = 0; i < 100_000 && failure == null; i++) {
        failure = socket.send(bytes("x".repeat(1000)));
      }
      assertEquals(Errno.EAGAIN, failure);
    } finally {
      Libc.call("close", daemon);
    }
  }

  @Test
  void daemonThatIsNotThere_isNamed() {
    String path = folder.resolve("none").toString();
    UnixDatagram.Failure failure =
        assertThrows(UnixDatagram.Failure.class, () -> UnixDatagram.connect(path).close());
    assertEquals("connect() failed (2: No such file or directory)", failure.getMessage());
  }
}
