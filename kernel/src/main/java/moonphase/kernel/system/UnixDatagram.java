package moonphase.kernel.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import moonphase.spi.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A socket that sends datagrams to a unix socket, and never waits. Any thread; one at a time.
 *
 * <p>Source: unix(7).
 */
public final class UnixDatagram implements AutoCloseable {
  private static final int AF_UNIX = 1;

  /** SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC. */
  private static final int TYPE = 2 | 0x800 | 0x80000;

  /** MSG_DONTWAIT | MSG_NOSIGNAL. */
  private static final int FLAGS = 0x40 | 0x4000;

  private final int descriptor;

  private UnixDatagram(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Why a socket could not be had. */
  public static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final String function;
    private final int number;

    Failure(String function, int number) {
      super(function + "() failed (" + Errno.of(number) + ")");
      this.function = function;
      this.number = number;
    }

    /** The function that failed. */
    public String function() {
      return function;
    }

    /** The reason. */
    public Errno errno() {
      return Errno.of(number);
    }
  }

  /**
   * Opens a socket and connects it.
   *
   * @param path Latin-1, 107 bytes at most
   */
  public static UnixDatagram connect(String path) throws Failure {
    int descriptor = Libc.call("socket", AF_UNIX, TYPE, 0);
    if (descriptor < 0) {
      throw new Failure("socket", -descriptor);
    }
    UnixDatagram socket = new UnixDatagram(descriptor);
    try (Arena arena = Arena.ofConfined()) {
      byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
      MemorySegment address = arena.allocate(2 + 108);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      int result = Libc.call("connect", descriptor, address, (int) address.byteSize());
      if (result < 0) {
        socket.close();
        throw new Failure("connect", -result);
      }
    }
    return socket;
  }

  /** Sends a message; returns why it was not sent, or null. */
  public @Nullable Errno send(byte[] message) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      int sent = Libc.call("send", descriptor, bytes, (long) message.length, FLAGS);
      return sent < 0 ? Errno.of(-sent) : null;
    }
  }

  @Override
  public void close() {
    Libc.call("close", descriptor);
  }
}
