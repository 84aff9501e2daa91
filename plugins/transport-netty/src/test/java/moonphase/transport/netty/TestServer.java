package moonphase.transport.netty;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Connection;
import moonphase.spi.ConnectionSettings;
import moonphase.spi.Headers;
import moonphase.spi.HttpHandler;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import moonphase.spi.ListenAddress;
import moonphase.spi.LogLevel;
import moonphase.spi.ResponseHead;
import moonphase.spi.SocketOptions;
import moonphase.spi.Transport;
import moonphase.spi.Worker;

/** A server with one worker on a free port, which answers as a test wishes. */
final class TestServer implements AutoCloseable, HttpHandler {
  final NettyTransport transport;
  final List<Worker> workers;
  final Transport.Listener listener;
  final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final Consumer<HttpStream> answer;

  TestServer(Consumer<HttpStream> answer) throws IOException {
    this(true, HttpLimits.DEFAULT, answer);
  }

  TestServer(boolean isEpoll, HttpLimits limits, Consumer<HttpStream> answer) throws IOException {
    this.answer = answer;
    transport = new NettyTransport(isEpoll);
    workers = transport.workers(1);
    listener = transport.bind(address("127.0.0.1", 0, "", limits), workers, this);
  }

  static ListenAddress address(String host, int port, String path, HttpLimits limits) {
    return new ListenAddress(host, port, path, -1, false, true, SocketOptions.NONE, limits);
  }

  @Override
  public void request(HttpStream stream) {
    answer.accept(stream);
  }

  @Override
  public void note(Connection connection, LogLevel level, String message, String line) {
    notes.add("[" + level.tag() + "] " + message + " | " + line);
  }

  TestClient client() throws IOException {
    return new TestClient(listener.port());
  }

  /** Sends bytes, and gives back everything that comes until the server closes. */
  String exchange(String request) throws IOException {
    try (TestClient client = client()) {
      client.send(request);
      return client.readAll();
    }
  }

  @Override
  public void close() {
    transport.shutdown(0);
  }

  /** Answers with what was asked, once the body is there. */
  static void echo(HttpStream stream) {
    if (stream.head().status() != 0) {
      reply(stream, stream.head().status(), stream.head().complaint());
      return;
    }
    StringBuilder text =
        new StringBuilder(stream.head().method()).append(' ').append(stream.head().target());
    if (!stream.hasBody()) {
      reply(stream, 200, text.toString());
      return;
    }
    text.append(' ');
    receive(
        stream,
        piece -> text.append(latin1(piece)),
        status -> {
          if (status == 0 || status == 400) {
            reply(stream, status == 0 ? 200 : status, text.toString());
          } else {
            stream.abort();
          }
        });
  }

  /** Receives a body; {@code end} gets 0 or the status. */
  static void receive(
      HttpStream stream, Consumer<Chunk> piece, java.util.function.IntConsumer end) {
    stream.receive(
        new BodyReceiver() {
          @Override
          public void receive(Chunk chunk) {
            piece.accept(chunk);
            if (chunk.isLast()) {
              end.accept(0);
            }
          }

          @Override
          public void fail(int status) {
            end.accept(status);
          }
        },
        5000);
  }

  static String latin1(Chunk chunk) {
    try {
      return new String(chunk.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A whole answer with its length. */
  static void reply(HttpStream stream, int status, String body) {
    Headers headers = new Headers();
    headers.add("Content-Length", Integer.toString(body.length()));
    boolean bare = stream.head().method().equals("HEAD");
    stream.head(head(stream, status, headers, !bare));
    stream.send(Chunk.of(body).with(false, true));
  }

  /** A head that keeps the connection as the request asks for. */
  static ResponseHead head(HttpStream stream, int status, Headers headers, boolean hasBody) {
    String connection = stream.head().headers().get("Connection");
    boolean keepAlive =
        connection == null
            ? stream.head().version() > 10
            : connection.equalsIgnoreCase("keep-alive");
    return head(status, headers, hasBody, keepAlive);
  }

  static ResponseHead head(int status, Headers headers, boolean hasBody, boolean keepAlive) {
    return new ResponseHead(
        status,
        status + " T",
        headers,
        hasBody,
        keepAlive,
        true,
        "nginx",
        settings(10_000, 0, 10_000, 10_000));
  }

  /** Settings of a connection, with nginx's defaults for the others. */
  static ConnectionSettings settings(
      long keepAlive, long keepAliveHeader, long send, long lingering) {
    return new ConnectionSettings(
        keepAlive,
        keepAliveHeader,
        send,
        1460,
        ConnectionSettings.Lingering.ON,
        lingering,
        5000,
        false);
  }
}
