package moonphase.launch;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The command that started the server and waits for its result: in the background, where it reads
 * marked lines from a pipe, or in the foreground, where it shares our streams. Any thread.
 */
abstract sealed class Caller {
  /** Returns the caller that {@code command} names. */
  static Caller of(CommandLine command) {
    return command.channel().isEmpty() ? new Foreground() : new Pipe(command.channel());
  }

  /** Shows {@code text}, one or more lines, on the caller's standard error. */
  abstract void error(String text);

  /** Shows {@code text}, one or more lines, on the caller's standard output. */
  abstract void output(String text);

  /**
   * Tells that sockets are bound and the pid file is written; nothing is told after that.
   *
   * @return false when the caller is gone, and nobody wants this server
   */
  abstract boolean ready();

  /** Tells the exit status of a start that came to nothing. */
  abstract void exit(int status);

  /** Texts are Latin-1, one char a byte, unless they hold what Latin-1 has not. */
  private static byte[] bytes(String text) {
    boolean latin1 = text.chars().allMatch(c -> c < 256);
    return text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private static final class Foreground extends Caller {
    @Override
    void error(String text) {
      print(System.err, text);
    }

    @Override
    void output(String text) {
      print(System.out, text);
    }

    @Override
    boolean ready() {
      return true;
    }

    @Override
    void exit(int status) {
      System.out.flush();
      System.err.flush();
    }

    private static void print(PrintStream stream, String text) {
      stream.writeBytes(bytes(text + "\n"));
      stream.flush();
    }
  }

  private static final class Pipe extends Caller {
    private final OutputStream channel;
    private boolean open = true;

    Pipe(String path) {
      try {
        channel = new FileOutputStream(path);
      } catch (IOException e) {
        throw new IllegalStateException("no way back to the caller: " + e.getMessage(), e);
      }
    }

    @Override
    void error(String text) {
      if (!send("stderr ", text)) {
        System.err.writeBytes(bytes(text + "\n"));
      }
    }

    @Override
    void output(String text) {
      send("stdout ", text);
    }

    @Override
    boolean ready() {
      boolean heard = send("", "ready");
      close();
      return heard;
    }

    @Override
    void exit(int status) {
      send("exit ", Integer.toString(status));
      close();
    }

    private synchronized boolean send(String mark, String text) {
      if (!open) {
        return false;
      }
      StringBuilder lines = new StringBuilder();
      text.lines().forEach(line -> lines.append(mark).append(line).append('\n'));
      try {
        channel.write(bytes(lines.toString()));
        return true;
      } catch (IOException gone) {
        close();
        return false;
      }
    }

    private synchronized void close() {
      open = false;
      try {
        channel.close();
      } catch (IOException e) {
        ErrorLine.write("alert", "closing the caller's pipe failed: " + e.getMessage());
      }
    }
  }
}
