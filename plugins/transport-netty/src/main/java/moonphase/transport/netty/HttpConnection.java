package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Chunk;
import moonphase.spi.Connection;
import moonphase.spi.LogLevel;
import moonphase.spi.RequestHead;
import moonphase.spi.ResponseHead;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads one request after another, each when the one before it has ended,
 * and closes so that the client sees the whole of the last response.
 *
 * <p>Threads: worker thread only. Source: ngx_http_request.c.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements Connection {
  /** nginx's {@code lingering_timeout}: a client that is silent for longer is done. */
  private static final long LINGERING_SILENCE = 5000;

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private enum State {
    /** Waiting for a head, or in the middle of one. */
    HEAD,
    /** A request is being answered. */
    ACTIVE,
    /** A response has ended, the rest of its request's body is dropped, the next request comes. */
    DRAIN,
    /** Nothing more is served; what arrives is dropped. */
    LINGER,
    /** The channel is closed. */
    CLOSED
  }

  private final NettyListener listener;
  private final NettyWorker worker;
  private final long number;
  private final HeadReader reader;
  private final Channel channel;
  private final Output output;
  private final Deadline reading;
  private final SocketAddress remote;
  private final SocketAddress local;

  private int slot = -1;
  private State state = State.HEAD;
  private int requests;
  private @Nullable Http1Stream stream;
  private @Nullable BodyDecoder draining;
  private @Nullable List<Runnable> aborts;
  private long keepAliveMillis;
  private long lingeringMillis;
  private long lingerEnd;

  /** What has arrived and nobody has taken; null for nothing. */
  private @Nullable ByteBuf pending;

  private boolean isReadingOn = true;
  private boolean inRead;
  private boolean processing;
  private boolean eof;
  private boolean halfClosed;

  HttpConnection(Channel channel, NettyListener listener, NettyWorker worker, long number) {
    this.channel = channel;
    this.listener = listener;
    this.worker = worker;
    this.number = number;
    this.remote = Addresses.plain(channel.remoteAddress());
    this.local = Addresses.plain(channel.localAddress());
    this.output = new Output(channel, worker.loop(), this::tooSlow);
    this.reading = new Deadline(worker.loop(), this::readTimedOut);
    this.reader = new HeadReader(listener.address().limits(), worker.headBuffers(), worker.names());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    slot = worker.add(this);
    if (listener.isClosed() || worker.isStopping()) {
      close();
      return;
    }
    reading.set(listener.address().limits().headerTimeoutMillis());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    inRead = true;
    output.deferring(true);
    ByteBuf before = pending;
    if (before == null) {
      pending = in;
    } else {
      ByteBuf both = channel.alloc().buffer(before.readableBytes() + in.readableBytes());
      pending = both.writeBytes(before).writeBytes(in);
      before.release();
      in.release();
    }
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    inRead = false;
    output.deferring(false);
    output.flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      eof = true;
      process();
      runAborts();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    eof = true;
    state = State.CLOSED;
    reading.end();
    reader.end();
    output.end();
    releasePending();
    if (slot >= 0) {
      worker.remove(slot);
    }
    Http1Stream open = stream;
    if (open != null) {
      guarded(() -> open.failBody(499));
      runAborts();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("connection {} failed", number, cause);
    } else {
      LOG.error("connection {} failed", number, cause);
    }
    close();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public int requests() {
    return requests;
  }

  @Override
  public SocketAddress remote() {
    return remote;
  }

  @Override
  public SocketAddress local() {
    return local;
  }

  @Override
  public Worker worker() {
    return worker;
  }

  @Override
  public boolean isClosed() {
    return eof || !channel.isActive();
  }

  @Override
  public void onAbort(Runnable abort) {
    if (isClosed()) {
      worker.execute(() -> guarded(abort));
      return;
    }
    if (aborts == null) {
      aborts = new ArrayList<>(2);
    }
    aborts.add(abort);
  }

  HeadWriter headWriter() {
    return worker.headWriter();
  }

  NettyListener listener() {
    return listener;
  }

  /** Where the worker keeps this connection has changed. */
  void slot(int place) {
    slot = place;
  }

  /** Whether another request may follow, as far as it is not this one's business. */
  boolean livesOn() {
    return !listener.isClosed() && !worker.isStopping();
  }

  /** Closes now. */
  void close() {
    channel.close();
  }

  /** Closes if no request is under way. */
  void closeIfIdle() {
    if (state == State.HEAD && !reader.hasBegun() && pending == null) {
      close();
    }
  }

  /** Writes a line to the error log, where no request takes it. */
  void note(LogLevel level, String message) {
    listener.handler().note(this, level, message, reader.hasBegun() ? reader.requestLine() : "");
  }

  /** Something is wanted of what has arrived. */
  void wake() {
    if (!processing) {
      worker.execute(this::process);
    }
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    output.deferring(true);
    guarded(() -> {
      while (step()) {
        // as long as something is taken
      }
    });
    processing = false;
    if (pending != null && !pending.isReadable()) {
      releasePending();
    }
    if (!inRead) {
      output.deferring(false);
      output.flush();
    }
    updateReading();
  }

  /** Runs code of others; what it throws ends the connection. */
  private void guarded(Runnable code) {
    try {
      code.run();
    } catch (Throwable t) {
      LOG.error("a handler failed on connection {}", number, t);
      close();
    }
  }

  /** Takes something of what has arrived; false if there is nothing to take. */
  private boolean step() {
    return switch (state) {
      case HEAD -> readHead();
      case ACTIVE -> readBody();
      case DRAIN -> drain();
      case LINGER -> linger();
      case CLOSED -> {
        releasePending();
        yield false;
      }
    };
  }

  private boolean readHead() {
    ByteBuf in = pending;
    if (in == null || !in.isReadable()) {
      return eof && endOfInput();
    }
    boolean fresh = !reader.hasBegun();
    if (!reader.read(in)) {
      if (fresh && requests > 0 && reader.hasBegun()) {
        reading.set(listener.address().limits().headerTimeoutMillis());
      }
      return !in.isReadable() && eof;
    }
    RequestHead head = reader.head();
    for (String note : reader.takeNotes()) {
      listener.handler().note(this, LogLevel.INFO, note, head.line());
    }
    dispatch(head, false);
    return true;
  }

  private boolean endOfInput() {
    if (reader.hasBegun()) {
      dispatch(reader.giveUp(400, "client prematurely closed connection"), true);
      return true;
    }
    note(
        LogLevel.INFO,
        requests == 0
            ? "client closed connection while waiting for request"
            : "client " + Addresses.text(remote) + " closed keepalive connection");
    beginClose(false);
    return false;
  }

  private void dispatch(RequestHead head, boolean mute) {
    reading.clear();
    requests++;
    state = State.ACTIVE;
    stream = new Http1Stream(this, output, head, reader.rules(), mute);
    listener.handler().request(stream);
  }

  private boolean readBody() {
    Http1Stream open = stream;
    if (open == null || !open.wantsBody()) {
      reading.clear();
      return false;
    }
    ByteBuf in = pending;
    if (open.body().isComplete()) {
      open.deliver(Chunk.LAST);
    } else if (in != null && in.isReadable()) {
      Chunk piece = open.body().decode(in);
      if (piece != null) {
        open.deliver(piece);
      } else if (open.body().isBad()) {
        note(LogLevel.ERROR, "client sent invalid chunked body");
        open.failBody(400);
      }
    } else if (eof) {
      note(LogLevel.INFO, "client prematurely closed connection");
      open.failBody(499);
    } else {
      reading.set(open.bodyTimeoutMillis());
      return false;
    }
    return true;
  }

  private boolean drain() {
    BodyDecoder body = draining;
    ByteBuf in = pending;
    if (body != null && in != null && in.isReadable()) {
      body.skip(in);
    }
    if (body == null || body.isComplete()) {
      draining = null;
      nextRequest();
      return true;
    }
    if (body.isBad() || eof) {
      beginClose(!eof);
      return true;
    }
    lingerOn();
    return false;
  }

  private boolean linger() {
    releasePending();
    if (halfClosed) {
      if (eof) {
        close();
      } else {
        lingerOn();
      }
    }
    return false;
  }

  /** A response has ended. */
  void ended(Http1Stream over) {
    if (stream != over) {
      return;
    }
    stream = null;
    aborts = null;
    if (state != State.ACTIVE) {
      return;
    }
    ResponseHead sent = over.sent();
    if (over.isAborted() || sent == null) {
      state = State.LINGER;
      close();
      return;
    }
    keepAliveMillis = sent.keepAliveMillis();
    lingeringMillis = sent.lingeringMillis();
    boolean isUnread = !over.isBodyRead() || over.head().status() != 0;
    if (!over.keepsAlive() || !livesOn() || over.body().isBad()) {
      beginClose(isUnread || pending != null && pending.isReadable());
    } else if (isUnread) {
      state = State.DRAIN;
      draining = over.body();
      lingerEnd = System.nanoTime() + lingeringMillis * 1_000_000;
    } else {
      nextRequest();
    }
    if (!processing) {
      output.flush();
      if (pending != null || state == State.DRAIN || eof) {
        wake();
      } else {
        updateReading();
      }
    }
  }

  private void nextRequest() {
    state = State.HEAD;
    reader.pipelined(pending != null && pending.isReadable());
    reading.set(keepAliveMillis);
  }

  /** Closes when everything has left; before, reads on if the client may still be sending. */
  private void beginClose(boolean lingers) {
    state = State.LINGER;
    reading.clear();
    boolean waits = lingers && !eof && lingeringMillis > 0;
    output.whenFlushed(sent -> {
      if (!sent || !waits || eof) {
        close();
        return;
      }
      halfClosed = true;
      lingerEnd = System.nanoTime() + lingeringMillis * 1_000_000;
      ((DuplexChannel) channel).shutdownOutput();
      lingerOn();
      updateReading();
    });
  }

  private void lingerOn() {
    long rest = (lingerEnd - System.nanoTime()) / 1_000_000;
    if (rest <= 0) {
      close();
    } else {
      reading.set(Math.min(rest, LINGERING_SILENCE));
    }
  }

  private void readTimedOut() {
    switch (state) {
      case HEAD -> headTimedOut();
      case ACTIVE -> {
        Http1Stream open = stream;
        if (open != null && open.wantsBody()) {
          note(LogLevel.INFO, "client timed out (110: Connection timed out)");
          guarded(() -> open.failBody(408));
        }
      }
      case DRAIN, LINGER -> close();
      case CLOSED -> {}
    }
  }

  private void headTimedOut() {
    String message = "client timed out (110: Connection timed out)";
    if (!reader.hasBegun()) {
      if (requests == 0) {
        note(LogLevel.INFO, message + reader.action());
      }
      close();
      return;
    }
    guarded(() -> dispatch(reader.giveUp(408, message), true));
  }

  private void tooSlow() {
    note(
        LogLevel.INFO,
        "client timed out (110: Connection timed out) while sending response to client");
    close();
  }

  private void runAborts() {
    List<Runnable> waiting = aborts;
    aborts = null;
    if (waiting != null) {
      waiting.forEach(this::guarded);
    }
  }

  private void releasePending() {
    ByteBuf in = pending;
    pending = null;
    if (in != null) {
      in.release();
    }
  }

  /** Reads on only if somebody takes it, or to learn that the client closes. */
  private void updateReading() {
    Http1Stream open = stream;
    boolean wanted =
        switch (state) {
          case HEAD, DRAIN, LINGER -> true;
          case ACTIVE -> pending == null || open != null && open.wantsBody();
          case CLOSED -> false;
        };
    if (wanted != isReadingOn && channel.isActive()) {
      isReadingOn = wanted;
      channel.config().setAutoRead(wanted);
    }
  }
}
