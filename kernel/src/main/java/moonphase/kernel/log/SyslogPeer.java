package moonphase.kernel.log;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import moonphase.kernel.system.UnixDatagram;
import moonphase.spi.Errno;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server, to which lines are sent as datagrams. Nothing waits: what cannot be sent at once
 * is lost, and the line's owner is told.
 *
 * <p>Threads: any; {@link #lock} guards the socket, under which nothing of others runs.
 *
 * <p>Source: ngx_syslog.c.
 */
public final class SyslogPeer implements LogFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  /** Longer lines of the error log are cut. */
  private static final int LONGEST = 2048;

  private final Settings settings;
  private final String hostName;
  private final BiConsumer<LogLevel, String> complaints;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable DatagramChannel udp;
  private @Nullable UnixDatagram unix;
  private boolean closed;

  /** Who complains now; a complaint that comes back here is dropped. */
  private volatile @Nullable Thread complaining;

  /**
   * Where lines go, and what stands before them.
   *
   * @param host an IP address; empty for a unix socket
   * @param port the port
   * @param unixPath the path of a unix socket; empty for UDP
   * @param facility 0 to 23
   * @param severity 0 to 7, for lines without a level
   * @param tag the name of the program
   * @param hasNoHostName whether the name of this machine is left out
   */
  public record Settings(
      String host,
      int port,
      String unixPath,
      int facility,
      int severity,
      String tag,
      boolean hasNoHostName) {}

  /**
   * A peer, not yet connected.
   *
   * @param complaints takes lines about sockets for the server's own log
   */
  SyslogPeer(Settings settings, BiConsumer<LogLevel, String> complaints) {
    this.settings = settings;
    this.complaints = complaints;
    this.hostName = hostName();
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"))
          .strip()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }

  /** Sends a line of an access log, without its line end. */
  @Override
  public @Nullable Errno write(String latin1) {
    return send(message(settings.severity, latin1, latin1.length()));
  }

  /** Sends a line of the error log, without its line end. */
  void write(LogLevel level, String latin1) {
    if (complaining != Thread.currentThread()) {
      send(message(Math.max(level.ordinal() - 1, 0), latin1, LONGEST));
    }
  }

  private byte[] message(int severity, String line, int longest) {
    StringBuilder text = new StringBuilder(64 + line.length());
    text.append('<').append(settings.facility * 8 + severity).append('>');
    TIME.formatTo(LocalDateTime.now(), text);
    text.append(' ');
    if (!settings.hasNoHostName) {
      text.append(hostName).append(' ');
    }
    text.append(settings.tag).append(": ");
    int end = line.endsWith("\n") ? line.length() - 1 : line.length();
    text.append(line, 0, Math.min(end, longest));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private @Nullable Errno send(byte[] message) {
    String function = "send";
    Errno failure = null;
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      try {
        connect();
      } catch (UnixDatagram.Failure e) {
        function = e.function();
        failure = e.errno();
      } catch (IOException e) {
        function = "connect";
        failure = Errno.of(e);
      }
      if (failure == null) {
        failure = transmit(message);
      }
      if (failure != null && failure != Errno.EAGAIN) {
        disconnect();
      }
    } finally {
      lock.unlock();
    }
    if (failure != null && failure != Errno.EAGAIN) {
      complain(function, failure);
    }
    return failure;
  }

  private void connect() throws IOException, UnixDatagram.Failure {
    if (udp != null || unix != null) {
      return;
    }
    if (!settings.unixPath.isEmpty()) {
      unix = UnixDatagram.connect(settings.unixPath);
      return;
    }
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    try {
      channel.connect(new InetSocketAddress(InetAddress.getByName(settings.host), settings.port));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    udp = channel;
  }

  private @Nullable Errno transmit(byte[] message) {
    UnixDatagram local = unix;
    if (local != null) {
      return local.send(message);
    }
    DatagramChannel channel = udp;
    try {
      return channel == null || channel.write(ByteBuffer.wrap(message)) == 0 ? Errno.EAGAIN : null;
    } catch (PortUnreachableException e) {
      return Errno.ECONNREFUSED;
    } catch (IOException e) {
      return Errno.of(e);
    }
  }

  private void disconnect() {
    try {
      if (udp != null) {
        udp.close();
      }
      if (unix != null) {
        unix.close();
      }
    } catch (IOException e) {
      complaints.accept(LogLevel.ALERT, "close() socket failed (" + Errno.of(e) + ")");
    }
    udp = null;
    unix = null;
  }

  /** Source: ngx_connection_error. */
  private void complain(String function, Errno failure) {
    boolean isUsual = function.equals("send") && failure != Errno.EPERM;
    complaining = Thread.currentThread();
    complaints.accept(
        isUsual ? LogLevel.ERROR : LogLevel.ALERT, function + "() failed (" + failure + ")");
    complaining = null;
  }

  /** Sends nothing any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      disconnect();
    } finally {
      lock.unlock();
    }
  }
}
