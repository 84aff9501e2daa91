package moonphase.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Connection;
import moonphase.spi.FlushListener;
import moonphase.spi.Headers;
import moonphase.spi.HttpStream;
import moonphase.spi.ListenAddress;
import moonphase.spi.RequestHead;
import moonphase.spi.ResponseHead;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/** One request and its answer, without a wire. Worker thread only. */
final class MemoryStream implements HttpStream, Connection {
  private final RawRequest request;
  private final RequestHead head;
  private final MemoryWorker worker;
  private final long number;
  private final ListenAddress address;
  private final CompletableFuture<Answer> answer;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable ResponseHead sent;
  private long bytesSent;
  private Headers trailers = new Headers();

  MemoryStream(
      RawRequest request,
      MemoryWorker worker,
      long number,
      ListenAddress address,
      CompletableFuture<Answer> answer) {
    this.request = request;
    this.head = request.head();
    this.worker = worker;
    this.number = number;
    this.address = address;
    this.answer = answer;
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
    return request.body().length > 0;
  }

  @Override
  public long bodyLength() {
    return request.isChunked() ? -1 : request.body().length;
  }

  @Override
  public BodyFlow receive(BodyReceiver receiver, long timeoutMillis) {
    worker.execute(() -> {
      if (request.isChunked() && !receiver.admits(0, request.body().length)) {
        receiver.fail(413);
      } else {
        receiver.receive(Chunk.of(request.body()).with(false, true));
      }
    });
    return new BodyFlow() {
      @Override
      public void pause() {
        // the body comes in one piece, which is on its way
      }

      @Override
      public void resume() {
        // see pause
      }
    };
  }

  @Override
  public void head(ResponseHead responseHead) {
    if (sent != null) {
      throw new IllegalStateException("a second head: " + responseHead.line());
    }
    sent = responseHead;
    bytesSent += responseHead.line().length() + responseHead.headers().toString().length();
  }

  @Override
  public void trailers(Headers fields) {
    trailers = fields;
  }

  @Override
  public void send(Chunk chunk) {
    if (sent == null) {
      throw new IllegalStateException("a body before the head");
    }
    if (answer.isDone()) {
      throw new IllegalStateException("a chunk after the last one");
    }
    try {
      body.writeBytes(chunk.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytesSent += chunk.length();
    boolean last = chunk.isLast();
    chunk.release();
    if (last) {
      finish(Answer.of(sent, body.toByteArray()).with(trailers));
    }
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void whenFlushed(FlushListener listener) {
    listener.flushed(!answer.isDone() || sent != null);
  }

  @Override
  public void abort() {
    if (!answer.isDone()) {
      finish(sent == null ? Answer.NONE : Answer.of(sent, body.toByteArray()).cut());
    }
  }

  private void finish(Answer whole) {
    worker.end();
    answer.complete(whole);
  }

  @Override
  public long bytesSent() {
    return bytesSent;
  }

  @Override
  public long bytesReceived() {
    return head.length() + request.body().length;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long startMillis() {
    return worker.currentMillis();
  }

  @Override
  public int requests() {
    return 1;
  }

  @Override
  public SocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
  }

  @Override
  public SocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port());
  }

  @Override
  public String listening() {
    return address.text();
  }

  @Override
  public Worker worker() {
    return worker;
  }

  @Override
  public boolean isClosed() {
    return answer.isDone();
  }

  @Override
  public void onAbort(Runnable abort) {
    // a client without a wire never goes away
  }
}
