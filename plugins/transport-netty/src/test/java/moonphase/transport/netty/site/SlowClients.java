package moonphase.transport.netty.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Many clients on one thread that take their time, until the server has closed all of them. */
final class SlowClients implements Callable<List<SlowClients.Life>> {
  private static final int STEP_MILLIS = 20;

  /** How a client is slow. */
  enum Kind {
    /** Sends a byte of its head now and then. */
    HEADER("GET / HTTP/1.1\r\nHost: a\r\nX: "),
    /** Sends a part of a body. */
    BODY("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nx"),
    /** Asks for much, and does not read for long. */
    READING("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"),
    /** Sends nothing. */
    HALF_OPEN("");

    private final String begin;

    Kind(String begin) {
      this.begin = begin;
    }
  }

  /** What became of a client: how long its connection was open, and what was read from it. */
  record Life(Kind kind, long millis, long bytes) {}

  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final int port;
  private final int each;
  private final long readAfter;
  private final long byteEvery;

  /**
   * Clients of a server.
   *
   * @param each how many of each kind
   * @param readAfter when those that do not read begin to, in milliseconds
   * @param byteEvery how often those that are slow with their head send a byte, in milliseconds
   */
  SlowClients(int port, int each, long readAfter, long byteEvery) throws IOException {
    this.port = port;
    this.each = each;
    this.readAfter = readAfter;
    this.byteEvery = byteEvery;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private final class Client {
    private final Kind kind;
    private final SocketChannel channel;
    private final long begin = now();
    private long sent = begin;
    private long bytes;
    private long millis = -1;

    Client(Kind kind, int port) throws IOException {
      this.kind = kind;
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.write(ByteBuffer.wrap(kind.begin.getBytes(StandardCharsets.ISO_8859_1)));
      channel.configureBlocking(false);
      channel.register(selector, kind == Kind.READING ? 0 : SelectionKey.OP_READ, this);
    }

    void look(long now) throws IOException {
      if (kind == Kind.READING && now - begin >= readAfter) {
        channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
      } else if (kind == Kind.HEADER && now - sent >= byteEvery) {
        sent = now;
        send();
      }
    }

    private void send() {
      try {
        channel.write(ByteBuffer.wrap(new byte[] {'y'}));
      } catch (IOException e) {
        sent = Long.MAX_VALUE; // the server has closed, which is seen by reading
      }
    }

    void read() throws IOException {
      try {
        buffer.clear();
        int count = channel.read(buffer);
        if (count >= 0) {
          bytes += count;
          return;
        }
      } catch (IOException e) {
        sent = Long.MAX_VALUE; // a reset is an end as well
      }
      millis = now() - begin;
      channel.close();
    }
  }

  @Override
  public List<Life> call() throws IOException {
    try (selector) {
      for (int i = 0; i < each; i++) {
        for (Kind kind : Kind.values()) {
          clients.add(new Client(kind, port));
        }
        if (i % 16 == 0) {
          turn(1);
        }
      }
      while (clients.stream().anyMatch(client -> client.millis < 0)) {
        turn(STEP_MILLIS);
      }
    }
    return clients.stream()
        .map(client -> new Life(client.kind, client.millis, client.bytes))
        .toList();
  }

  private void turn(long waitMillis) throws IOException {
    selector.select(waitMillis);
    for (SelectionKey key : selector.selectedKeys()) {
      ((Client) key.attachment()).read();
    }
    selector.selectedKeys().clear();
    long now = now();
    for (Client client : clients) {
      if (client.millis < 0) {
        client.look(now);
      }
    }
  }
}
