package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import moonphase.spi.Chunk;
import moonphase.spi.LogLevel;
import moonphase.spi.RequestHead;
import moonphase.spi.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads one request after another, each when the one before it has ended,
 * and closes so that the client sees the whole of the last response.
 *
 * <p>Threads: worker thread only. Source: ngx_http_request.c.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private static final String TIMED_OUT = "client timed out (110: Connection timed out)";

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
  private final HeadReader reader;
  private final Channel channel;
  private final Output output;
  private final Arrivals arrivals;
  private final Farewell farewell;
  private final Deadline reading;
  private final Client client;
  private final Runnable process = this::process;
  private final Runnable takeAll = this::takeAll;

  private int slot = -1;
  private State state = State.HEAD;
  private @Nullable Http1Stream stream;
  private @Nullable BodyDecoder draining;
  private long keepAliveMillis;
  private boolean inRead;
  private boolean processing;

  HttpConnection(Channel channel, NettyListener listener, NettyWorker worker, long number) {
    this.channel = channel;
    this.listener = listener;
    this.worker = worker;
    this.output = new Output(channel, worker.loop(), this::tooSlow);
    this.reading = new Deadline(worker.loop(), this::readTimedOut);
    this.arrivals = new Arrivals(channel);
    this.client = new Client(channel, arrivals, worker, number, this::guarded);
    this.farewell = new Farewell(channel, output, arrivals, reading);
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
    inRead = true;
    output.deferring(true);
    arrivals.add((ByteBuf) message);
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
      arrivals.end();
      process();
      client.abort();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrivals.end();
    arrivals.clear();
    state = State.CLOSED;
    reading.end();
    reader.end();
    output.end();
    if (slot >= 0) {
      worker.remove(slot);
    }
    if (stream instanceof Http1Stream open) {
      guarded(() -> open.failBody(499));
      client.abort();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("connection {} failed", client.number(), cause);
    } else {
      LOG.error("connection {} failed", client.number(), cause);
    }
    close();
  }

  /** The connection as others see it. */
  Client client() {
    return client;
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
    if (state == State.HEAD && !reader.hasBegun() && arrivals.isEmpty()) {
      close();
    }
  }

  /** Writes a line to the error log, where no request takes it. */
  void note(LogLevel level, String message) {
    listener.handler().note(client, level, message, reader.hasBegun() ? reader.requestLine() : "");
  }

  /** Something is wanted of what has arrived. */
  void wake() {
    if (!processing) {
      worker.execute(process);
    }
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    output.deferring(true);
    guarded(takeAll);
    processing = false;
    if (arrivals.isEmpty()) {
      arrivals.clear();
    }
    if (!inRead) {
      output.deferring(false);
      output.flush();
    }
    updateReading();
  }

  /** Runs code of others; what it throws ends the connection. */
  void guarded(Runnable code) {
    try {
      code.run();
    } catch (Throwable t) {
      LOG.error("a handler failed on connection {}", client.number(), t);
      close();
    }
  }

  private void takeAll() {
    while (step()) {}
  }

  /** Takes something of what has arrived; false if there is nothing to take. */
  private boolean step() {
    return switch (state) {
      case HEAD -> readHead();
      case ACTIVE -> readBody();
      case DRAIN -> drain();
      case LINGER, CLOSED -> {
        farewell.drop();
        yield false;
      }
    };
  }

  private boolean readHead() {
    if (arrivals.isEmpty()) {
      return arrivals.isEnded() && endOfInput();
    }
    boolean fresh = !reader.hasBegun();
    if (!reader.read(arrivals.buffer())) {
      if (fresh && client.requests() > 0 && reader.hasBegun()) {
        reading.set(listener.address().limits().headerTimeoutMillis());
      }
      return arrivals.isEnded();
    }
    dispatch(reader.head(), false);
    return true;
  }

  private boolean endOfInput() {
    if (reader.hasBegun()) {
      dispatch(reader.giveUp(400, "client prematurely closed connection"), true);
      return true;
    }
    note(
        LogLevel.INFO,
        client.requests() == 0
            ? "client closed connection while waiting for request"
            : "client " + Addresses.text(client.remote()) + " closed keepalive connection");
    beginClose(false);
    return false;
  }

  private void dispatch(RequestHead head, boolean mute) {
    reading.clear();
    client.beginRequest();
    for (String note : reader.takeNotes()) {
      listener.handler().note(client, LogLevel.INFO, note, head.line());
    }
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
    if (open.body().isComplete()) {
      open.deliver(Chunk.LAST);
    } else if (open.body().isBad()) {
      note(LogLevel.ERROR, "client sent invalid chunked body");
      open.failBody(400);
    } else if (!arrivals.isEmpty()) {
      Chunk piece = open.body().decode(arrivals.buffer());
      if (piece != null) {
        open.deliver(piece);
      }
    } else if (arrivals.isEnded()) {
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
    if (body != null) {
      body.skip(arrivals.buffer());
    }
    if (body == null || body.isComplete()) {
      draining = null;
      nextRequest();
      return true;
    }
    if (body.isBad() || arrivals.isEnded()) {
      beginClose(true);
      return true;
    }
    farewell.goOn();
    return false;
  }

  /** A response has ended. */
  void ended(Http1Stream over) {
    if (stream != over) {
      return;
    }
    stream = null;
    client.endRequest();
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
    farewell.limit(sent.lingeringMillis());
    boolean isUnread = !over.isBodyRead() || over.head().status() != 0;
    if (!over.keepsAlive() || !livesOn() || over.body().isBad()) {
      beginClose(isUnread || !arrivals.isEmpty());
    } else if (isUnread) {
      state = State.DRAIN;
      draining = over.body();
      farewell.start();
    } else {
      nextRequest();
    }
    if (!processing) {
      output.flush();
      if (!arrivals.isEmpty() || state == State.DRAIN || arrivals.isEnded()) {
        wake();
      } else {
        updateReading();
      }
    }
  }

  private void nextRequest() {
    state = State.HEAD;
    reader.pipelined(!arrivals.isEmpty());
    reading.set(keepAliveMillis);
  }

  private void beginClose(boolean lingers) {
    state = State.LINGER;
    farewell.begin(lingers);
  }

  private void readTimedOut() {
    switch (state) {
      case HEAD -> headTimedOut();
      case ACTIVE -> {
        if (stream instanceof Http1Stream open && open.wantsBody()) {
          note(LogLevel.INFO, TIMED_OUT);
          guarded(() -> open.failBody(408));
        }
      }
      case DRAIN, LINGER -> close();
      case CLOSED -> {}
    }
  }

  private void headTimedOut() {
    if (!reader.hasBegun()) {
      if (client.requests() == 0) {
        note(LogLevel.INFO, TIMED_OUT + reader.action());
      }
      close();
      return;
    }
    guarded(() -> dispatch(reader.giveUp(408, TIMED_OUT), true));
  }

  private void tooSlow() {
    note(LogLevel.INFO, TIMED_OUT + " while sending response to client");
    close();
  }

  /** Reads on only if somebody takes it, or to learn that the client closes. */
  private void updateReading() {
    Http1Stream open = stream;
    boolean wanted =
        switch (state) {
          case HEAD, DRAIN, LINGER -> true;
          case ACTIVE -> arrivals.isEmpty() || open != null && open.wantsBody();
          case CLOSED -> false;
        };
    arrivals.readOn(wanted);
  }
}
