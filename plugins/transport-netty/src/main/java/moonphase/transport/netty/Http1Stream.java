package moonphase.transport.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Connection;
import moonphase.spi.FlushListener;
import moonphase.spi.Headers;
import moonphase.spi.HttpStream;
import moonphase.spi.LogLevel;
import moonphase.spi.RequestHead;
import moonphase.spi.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A request and its response on an HTTP/1 connection. Worker thread only. */
final class Http1Stream implements HttpStream, BodyFlow, BodyDecoder.Admission {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpConnection connection;
  private final Output output;
  private final RequestHead head;
  private final BodyDecoder body;
  private final long bodyLength;
  private final long outputBefore;

  /** Whether nothing may be sent: the client is gone or has been given up. */
  private final boolean mute;

  private boolean waitsToContinue;
  private @Nullable ResponseHead sent;
  private boolean chunked;
  private @Nullable Headers trailers;
  private boolean keepAlive;
  private long promised = -1;
  private long bodySent;
  private boolean ended;
  private boolean aborted;
  private long outputAfter;

  /** Holds the response back; null as long as its speed is not limited. */
  private @Nullable Pace pace;

  private @Nullable BodyReceiver receiver;
  private long bodyTimeoutMillis;
  private boolean paused;
  private boolean bodyOver;
  private boolean bodyFailed;

  Http1Stream(
      HttpConnection connection, Output output, RequestHead head, HeadRules rules, boolean mute) {
    this.connection = connection;
    this.output = output;
    this.head = head;
    this.mute = mute;
    this.bodyLength = head.status() == 0 ? rules.bodyLength() : 0;
    this.body = new BodyDecoder(bodyLength, this);
    this.waitsToContinue = bodyLength != 0 && rules.isWaitingToContinue();
    this.outputBefore = output.total();
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public Connection connection() {
    return connection.client();
  }

  @Override
  public boolean hasBody() {
    return bodyLength != 0;
  }

  @Override
  public long bodyLength() {
    return bodyLength;
  }

  /** {@inheritDoc} Pieces arrive after this has returned. */
  @Override
  public BodyFlow receive(BodyReceiver takes, long timeoutMillis) {
    if (receiver != null) {
      throw new IllegalStateException("the body is received already");
    }
    receiver = takes;
    bodyTimeoutMillis = timeoutMillis;
    if (waitsToContinue && sent == null && !mute && !ended) {
      output.room(CONTINUE.length).writeBytes(CONTINUE);
      output.written(CONTINUE.length);
      output.flush();
    }
    waitsToContinue = false;
    connection.wake();
    return this;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      connection.wake();
    }
  }

  @Override
  public void head(ResponseHead response) {
    if (sent != null) {
      throw new IllegalStateException("a second head: " + response.line());
    }
    sent = response;
    keepAlive = response.isKeepAlive() && canKeepAlive();
    if (response.hasBody()) {
      String length = response.headers().get("Content-Length");
      if (length != null) {
        promised = number(length);
      } else if (response.isChunkingAllowed() && head.version() > 10) {
        chunked = true;
      } else {
        keepAlive = false;
      }
    }
    output.settings(response.settings());
    if (mute || ended || head.version() < 10) {
      return;
    }
    HeadWriter writer = connection.headWriter();
    writer.write(response, chunked, keepAlive);
    output.room(writer.size()).writeBytes(writer.bytes(), 0, writer.size());
    output.written(writer.size());
  }

  /** A client that was not told to continue may or may not send its body: nobody could tell. */
  private boolean canKeepAlive() {
    return head.status() == 0
        && head.version() > 9
        && !waitsToContinue
        && !bodyFailed
        && connection.livesOn();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1; // made up by a script; it promises nothing
    }
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
    Pace limited = pace;
    if (limited == null) {
      sendNow(chunk);
    } else {
      limited.add(chunk);
    }
  }

  /** Sends a piece whose time has come. */
  void sendNow(Chunk chunk) {
    if (ended) {
      chunk.release();
      return;
    }
    boolean last = chunk.isLast();
    boolean flush = chunk.isFlush();
    long length = chunk.length();
    if (mute || length == 0 || !hasSentBody()) {
      chunk.release();
      length = 0;
    }
    try {
      if (!mute) {
        write(chunk, length, last);
      }
    } catch (IOException e) {
      connection.note(LogLevel.CRIT, e.getMessage() + " while sending response to client");
      abort();
      return;
    }
    if (last) {
      end();
    } else {
      output.flushIf(flush);
    }
  }

  private void write(Chunk chunk, long length, boolean last) throws IOException {
    if (length > 0) {
      bodySent += length;
      if (chunked) {
        ChunkFrame.begin(output, length, Output.copied(chunk));
      }
      output.write(chunk);
    }
    if (chunked && (length > 0 || last)) {
      ChunkFrame.end(output, length > 0, last && trailers == null);
      if (last && trailers != null) {
        ChunkFrame.trailers(output, trailers);
      }
    }
  }

  private void end() {
    outputAfter = output.total();
    ended = true;
    output.due();
    connection.ended(this);
  }

  @Override
  public void pace(long bytesPerSecond, long after) {
    if (mute || ended) {
      return;
    }
    Pace limited = pace;
    if (limited == null) {
      limited = new Pace(this, connection.client().worker());
      pace = limited;
    }
    limited.limit(bytesPerSecond, after);
  }

  @Override
  public boolean isWritable() {
    return !ended && output.isWritable() && (pace == null || pace.isIdle());
  }

  @Override
  public boolean isLeaving() {
    return !aborted && (output.isBehind() || pace != null && !pace.isIdle());
  }

  @Override
  public void whenFlushed(FlushListener listener) {
    Pace limited = pace;
    if (limited != null && !limited.isIdle()) {
      limited.add(listener);
    } else {
      whenOutputFlushed(listener);
    }
  }

  /** The same for what was not held back. */
  void whenOutputFlushed(FlushListener listener) {
    if (mute || aborted) {
      listener.flushed(false);
    } else {
      output.whenFlushed(flushed -> connection.guarded(() -> listener.flushed(flushed)));
    }
  }

  @Override
  public void abort() {
    if (!ended) {
      aborted = true;
      end();
      letGo();
    }
  }

  @Override
  public void reset() {
    if (!ended) {
      connection.client().resetOnClose();
      abort();
    }
  }

  /** The connection is gone. */
  void lost() {
    letGo();
    failBody(499);
  }

  private void letGo() {
    Pace limited = pace;
    if (limited != null) {
      limited.drop();
    }
  }

  /** Runs code of others; what it throws ends the connection. */
  void guarded(Runnable code) {
    connection.guarded(code);
  }

  @Override
  public long bytesSent() {
    // less than what was written if the connection was lost since, with this or an earlier response
    long end = Math.min(ended ? outputAfter : Long.MAX_VALUE, output.total());
    return Math.max(end - outputBefore, 0);
  }

  @Override
  public long bytesReceived() {
    return head.length() + body.consumed();
  }

  BodyDecoder body() {
    return body;
  }

  boolean isAborted() {
    return aborted;
  }

  /** The head that was sent; null for none. */
  @Nullable ResponseHead sent() {
    return sent;
  }

  /** Whether the next request may follow this response, now that it has ended. */
  boolean keepsAlive() {
    return keepAlive
        && !mute
        && !bodyFailed
        && (promised < 0 || !hasSentBody() || bodySent == promised);
  }

  private boolean hasSentBody() {
    return sent != null && sent.hasBody();
  }

  /** Whether somebody waits for more of the body. */
  boolean wantsBody() {
    return receiver != null && !paused && !bodyOver && !ended;
  }

  long bodyTimeoutMillis() {
    return bodyTimeoutMillis;
  }

  /** Hands over what has arrived of the body. */
  void deliver(Chunk piece) {
    BodyReceiver takes = receiver;
    if (takes == null || bodyOver) {
      piece.release();
      return;
    }
    bodyOver = piece.isLast();
    takes.receive(piece);
  }

  @Override
  public boolean admits(long received, long next) {
    BodyReceiver takes = receiver;
    return takes == null || bodyOver || takes.admits(received, next);
  }

  /** Tells that the body will not come to its end. */
  void failBody(int status) {
    BodyReceiver takes = receiver;
    if (takes == null || bodyOver) {
      bodyOver = true;
      return;
    }
    bodyOver = true;
    bodyFailed = true;
    takes.fail(status);
  }

  /** Whether the body was read to its end, so that what follows is the next request. */
  boolean isBodyRead() {
    return body.isComplete();
  }
}
