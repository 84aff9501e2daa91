package moonphase.luaj.lib;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What the files of the {@code io} library stand on. */
final class FileDevices {
  private static final String BAD_FILE = SystemError.BAD_FILE.text();
  private static final String INVALID = SystemError.INVALID.text();

  private FileDevices() {}

  /**
   * Opens a file.
   *
   * @param mode C's, already checked
   */
  static LuaFile.Device open(Path path, String mode) throws IOException {
    boolean update = mode.indexOf('+') >= 0;
    char kind = mode.charAt(0);
    if (Files.isDirectory(path) && (kind != 'r' || update)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    Set<OpenOption> options = new HashSet<>();
    if (kind == 'r' || update) {
      options.add(StandardOpenOption.READ);
    }
    if (kind != 'r' || update) {
      options.add(StandardOpenOption.WRITE);
    }
    if (kind != 'r') {
      options.add(StandardOpenOption.CREATE);
    }
    if (kind == 'w') {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    FileChannel channel = FileChannel.open(path, options);
    return new Channel(channel, kind == 'r' || update, kind != 'r' || update, kind == 'a');
  }

  private record Channel(FileChannel channel, boolean readable, boolean writable, boolean append)
      implements LuaFile.Device {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!readable) {
        throw new IOException(BAD_FILE);
      }
      return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (append) {
        channel.position(channel.size());
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public long seek(int from, long offset) throws IOException {
      long base = from == 0 ? 0 : from == 1 ? channel.position() : channel.size();
      long place = base + offset;
      if (place < 0) {
        throw new IOException(INVALID);
      }
      channel.position(place);
      return place;
    }

    @Override
    public void flush() {}

    @Override
    public int close() throws IOException {
      channel.close();
      return -1;
    }
  }

  /** The VM's standard input. */
  static LuaFile.Device input(Supplier<InputStream> stream) {
    return new Streams(stream, null);
  }

  /** The VM's standard output or error output. */
  static LuaFile.Device output(Supplier<OutputStream> stream) {
    return new Streams(null, stream);
  }

  private record Streams(Supplier<InputStream> in, Supplier<OutputStream> out)
      implements LuaFile.Device {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (in == null) {
        throw new IOException(BAD_FILE);
      }
      return in.get().read(target, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.get().write(bytes, offset, length);
    }

    @Override
    public boolean isWritable() {
      return out != null;
    }

    @Override
    public long seek(int from, long offset) throws IOException {
      throw new IOException("Illegal seek");
    }

    @Override
    public void flush() throws IOException {
      if (out != null) {
        out.get().flush();
      }
    }

    @Override
    public int close() throws IOException {
      flush();
      return -1;
    }
  }

  /** A process whose output is read, or whose input is written. */
  static LuaFile.Device process(Process process) {
    return new Pipe(process);
  }

  private record Pipe(Process process) implements LuaFile.Device {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return process.getInputStream().read(target, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      process.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public long seek(int from, long offset) throws IOException {
      throw new IOException("Illegal seek");
    }

    @Override
    public void flush() throws IOException {
      process.getOutputStream().flush();
    }

    @Override
    public int close() throws IOException {
      process.getOutputStream().close();
      process.getInputStream().close();
      return ExitStatus.await(process);
    }
  }
}
