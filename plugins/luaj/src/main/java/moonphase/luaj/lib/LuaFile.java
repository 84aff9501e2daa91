package moonphase.luaj.lib;

import java.io.IOException;
import org.luaj.vm2.LuaString;

/**
 * An open file of the {@code io} library: a device with a buffer for reading and one for writing.
 * One thread at a time; every operation may block.
 *
 * <p>Invariant: at most one of the two buffers holds bytes.
 */
final class LuaFile {
  private static final int SIZE = 8192;

  /** What bytes come from and go to. */
  interface Device {
    /** Reads at least one byte; -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException;

    void write(byte[] bytes, int offset, int length) throws IOException;

    boolean isWritable();

    /**
     * Moves to a place and returns it; {@code from} is 0 for the start, 1 for here, 2 for the end.
     */
    long seek(int from, long offset) throws IOException;

    void flush() throws IOException;

    /** Closes and returns the status of the process behind it, -1 where there is none. */
    int close() throws IOException;
  }

  /** When written bytes go to the device. */
  enum Buffering {
    NO,
    LINE,
    FULL
  }

  private final Device device;
  private final byte[] input = new byte[SIZE];
  private int at;
  private int end;
  private byte[] output = new byte[SIZE];
  private int pending;
  private Buffering buffering;
  private boolean closed;

  LuaFile(Device device, Buffering buffering) {
    this.device = device;
    this.buffering = buffering;
  }

  boolean isClosed() {
    return closed;
  }

  void buffer(Buffering mode, int size) throws IOException {
    flush();
    buffering = mode;
    if (size > 0) {
      output = new byte[Math.clamp(size, 16, 1 << 20)];
    }
  }

  /** Returns the next byte without taking it, -1 at the end. */
  int peek() throws IOException {
    return at < end || fill() ? input[at] & 0xFF : -1;
  }

  void skip() {
    at++;
  }

  private boolean fill() throws IOException {
    flush();
    at = 0;
    end = Math.max(device.read(input, 0, SIZE), 0);
    return end > 0;
  }

  /** Returns up to so many bytes, null at the end. */
  LuaString read(int count) throws IOException {
    if (count == 0) {
      return peek() < 0 ? null : LuaString.valueOf("");
    }
    ByteBuilder out = new ByteBuilder(Math.min(count, SIZE));
    while (out.length() < count && (at < end || fill())) {
      int n = Math.min(end - at, count - out.length());
      out.append(input, at, n);
      at += n;
    }
    return out.length() == 0 ? null : out.finish();
  }

  LuaString readAll() throws IOException {
    ByteBuilder out = new ByteBuilder(SIZE);
    while (at < end || fill()) {
      out.append(input, at, end - at);
      at = end;
    }
    return out.finish();
  }

  /** Returns the next line, with its end of line or without; null at the end. */
  LuaString readLine(boolean keepEnd) throws IOException {
    ByteBuilder out = null;
    while (at < end || fill()) {
      int i = at;
      while (i < end && input[i] != '\n') {
        i++;
      }
      boolean found = i < end;
      int stop = found && keepEnd ? i + 1 : i;
      int from = at;
      at = found ? i + 1 : i;
      if (out == null && found) {
        return LuaString.valueOf(input, from, stop - from);
      }
      out = out == null ? new ByteBuilder(SIZE) : out;
      out.append(input, from, stop - from);
      if (found) {
        break;
      }
    }
    return out == null ? null : out.finish();
  }

  void write(LuaString s) throws IOException {
    if (!device.isWritable()) {
      throw new IOException(SystemError.BAD_FILE.text());
    }
    if (at < end) {
      device.seek(1, at - end);
    }
    at = end = 0;
    if (buffering == Buffering.NO || s.m_length > output.length - pending) {
      flush();
    }
    if (buffering == Buffering.NO || s.m_length > output.length) {
      device.write(s.m_bytes, s.m_offset, s.m_length);
      return;
    }
    s.copyInto(0, output, pending, s.m_length);
    pending += s.m_length;
    if (buffering == Buffering.LINE && s.indexOf((byte) '\n', 0) >= 0) {
      flush();
    }
  }

  /** Hands written bytes to the device. */
  void flush() throws IOException {
    int n = pending;
    pending = 0;
    if (n > 0) {
      device.write(output, 0, n);
    }
  }

  /** Hands written bytes to the device and beyond it. */
  void sync() throws IOException {
    flush();
    device.flush();
  }

  long seek(int from, long offset) throws IOException {
    flush();
    long back = from == 1 ? at - end : 0;
    long place = device.seek(from, offset + back);
    at = end = 0;
    return place;
  }

  /** Closes the file; answers the status of the process behind it, -1 where there is none. */
  int close() throws IOException {
    closed = true;
    try {
      flush();
    } finally {
      at = end = 0;
    }
    return device.close();
  }
}
