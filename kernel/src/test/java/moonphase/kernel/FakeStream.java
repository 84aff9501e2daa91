package moonphase.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Connection;
import moonphase.spi.FlushListener;
import moonphase.spi.Headers;
import moonphase.spi.HttpStream;
import moonphase.spi.RequestHead;
import moonphase.spi.ResponseHead;
import moonphase.spi.Worker;
import org.jspecify.annotations.NullUnmarked;

/** A request of a test and what became of it. */
@NullUnmarked
final class FakeStream implements HttpStream, Connection {
  private final FakeWorker worker;
  private final RequestHead head;
  private final StringBuilder body = new StringBuilder();
  ResponseHead sent;
  boolean ended;
  boolean aborted;
  String posted = "";
  BodyReceiver receiver;

  FakeStream(FakeWorker worker, String method, String target, String... fields) {
    this.worker = worker;
    Headers headers = new Headers();
    headers.add("Host", "localhost");
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
      if (fields[i].equals("Content-Length")) {
        posted = "x".repeat(Integer.parseInt(fields[i + 1]));
      }
    }
    String line = method + " " + target + " HTTP/1.1";
    head = new RequestHead(method, target, 11, headers, line, "", "", line.length(), 0, "");
  }

  int status() {
    return sent == null ? 0 : sent.status();
  }

  String body() {
    return body.toString();
  }

  String header(String name) {
    return sent == null ? null : sent.headers().get(name);
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public Connection connection() {
    return this;
  }

  @Override
  public boolean hasBody() {
    return !posted.isEmpty();
  }

  @Override
  public long bodyLength() {
    return posted.length();
  }

  @Override
  public BodyFlow receive(BodyReceiver given, long timeoutMillis) {
    receiver = given;
    worker.execute(() -> given.receive(Chunk.of(posted).with(false, true)));
    return new BodyFlow() {
      @Override
      public void pause() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void resume() {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  public void head(ResponseHead given) {
    if (sent != null || aborted) {
      throw new IllegalStateException("a second head");
    }
    sent = given;
  }

  @Override
  public void send(Chunk chunk) {
    if (sent == null || ended || aborted) {
      throw new IllegalStateException("a chunk out of turn");
    }
    try {
      body.append(new String(chunk.toBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ended = chunk.isLast();
    chunk.release();
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void whenFlushed(FlushListener listener) {
    listener.flushed(!aborted);
  }

  @Override
  public void abort() {
    aborted = true;
  }

  @Override
  public long bytesSent() {
    return body.length();
  }

  @Override
  public long bytesReceived() {
    return head.length() + posted.length();
  }

  @Override
  public long number() {
    return 1;
  }

  @Override
  public long startMillis() {
    return 1_000_000;
  }

  @Override
  public int requests() {
    return 1;
  }

  @Override
  public SocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
  }

  @Override
  public SocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
  }

  @Override
  public String listening() {
    return "127.0.0.1:8080";
  }

  @Override
  public Worker worker() {
    return worker;
  }

  @Override
  public boolean isClosed() {
    return aborted;
  }

  @Override
  public void onAbort(Runnable abort) {
    // nobody aborts from outside in these tests
  }
}
