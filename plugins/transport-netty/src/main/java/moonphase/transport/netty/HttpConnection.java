package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import moonphase.spi.ConnectionSettings;
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

  private final NettyListener listener;
  private final NettyWorker worker;
  private final HeadReader reader;
  private final Channel channel;
  private final Output output;
  private final Arrivals arrivals;
  private final Farewell farewell;
  private final Deadline reading;
  private final BodyReading bodies;
  private final Client client;
  private final Runnable process = this::process;
  private final Runnable takeAll = this::takeAll;

  private int slot = -1;
  private ConnectionState state = ConnectionState.HEAD;
  private @Nullable Http1Stream stream;
  private @Nullable BodyDecoder draining;
  private ConnectionSettings settings = ConnectionSettings.DEFAULT;
  private boolean inRead;
  private boolean processing;

  HttpConnection(Channel channel, NettyListener listener, NettyWorker worker, long number) {
    this.channel = channel;
    this.listener = listener;
    this.worker = worker;
    this.output = new Output(channel, listener.kind(), worker, this::tooSlow);
    this.reading = new Deadline(worker, this::readTimedOut);
    this.arrivals = new Arrivals(channel);
    this.bodies = new BodyReading(arrivals, reading, this::note);
    this.client =
        new Client(channel, arrivals, worker, number, listener.address().text(), this::guarded);
    this.farewell = new Farewell(channel, output, arrivals, reading);
    this.reader = new HeadReader(listener.address().limits(), worker.headBuffers(), worker.names());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (listener.isClosed() || worker.isStopping() || !worker.admit(listener.handler())) {
      close();
      return;
    }
    slot = worker.add(this);
    reading.set(listener.address().limits().headerTimeoutMillis());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    inRead = true;
    output.beginTurn();
    arrivals.add((ByteBuf) message);
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    inRead = false;
    output.endTurn();
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
    state = ConnectionState.CLOSED;
    reading.end();
    reader.end();
    output.end();
    leave();
    if (stream instanceof Http1Stream open) {
      guarded(open::lost);
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

  /** Whether no request is under way. */
  boolean isIdle() {
    return isServed() && output.isEmpty();
  }

  /** Whether every request so far was answered; the last response may not have left yet. */
  private boolean isServed() {
    return state == ConnectionState.HEAD && !reader.hasBegun() && arrivals.isEmpty();
  }

  /** Closes if no request is under way, as soon as the last response has left. */
  void closeIfServed() {
    if (isServed()) {
      beginClose(false);
    }
  }

  /** When it would be closed for idleness, in the nanoseconds of {@link System#nanoTime}. */
  long idleUntil() {
    return reading.at();
  }

  /** Closes an idle connection whose place is needed. */
  void giveWay() {
    leave();
    close();
  }

  private void leave() {
    if (slot >= 0) {
      worker.remove(slot);
      slot = -1;
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
    output.beginTurn();
    guarded(takeAll);
    processing = false;
    if (arrivals.isEmpty()) {
      arrivals.clear();
    }
    if (!inRead) {
      output.endTurn();
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
      case ACTIVE -> bodies.step(stream);
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
    note(LogLevel.INFO, client.farewell());
    beginClose(false);
    return false;
  }

  private void dispatch(RequestHead head, boolean mute) {
    reading.clear();
    client.beginRequest();
    for (String note : reader.takeNotes()) {
      listener.handler().note(client, LogLevel.INFO, note, head.line());
    }
    state = ConnectionState.ACTIVE;
    stream = new Http1Stream(this, output, head, reader.rules(), mute);
    listener.handler().request(stream);
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
    if (state != ConnectionState.ACTIVE) {
      return;
    }
    ResponseHead sent = over.sent();
    if (over.isAborted() || sent == null) {
      state = ConnectionState.LINGER;
      close();
      return;
    }
    settings = sent.settings();
    farewell.settings(settings);
    boolean isUnread = !over.isBodyRead() || over.head().status() != 0;
    if (!over.keepsAlive() || !livesOn() || over.body().isBad()) {
      beginClose(isUnread || !arrivals.isEmpty());
    } else if (isUnread) {
      state = ConnectionState.DRAIN;
      draining = over.body();
      farewell.start();
    } else {
      nextRequest();
    }
    if (!processing) {
      output.flush();
      if (!arrivals.isEmpty() || state == ConnectionState.DRAIN || arrivals.isEnded()) {
        wake();
      } else {
        updateReading();
      }
    }
  }

  private void nextRequest() {
    state = ConnectionState.HEAD;
    reader.pipelined(!arrivals.isEmpty());
    reading.set(settings.keepAliveMillis());
  }

  private void beginClose(boolean lingers) {
    state = ConnectionState.LINGER;
    farewell.begin(lingers);
  }

  private void readTimedOut() {
    switch (state) {
      case HEAD -> headTimedOut();
      case ACTIVE -> {
        if (stream instanceof Http1Stream open && open.wantsBody()) {
          guarded(() -> open.failBody(408));
        }
      }
      case DRAIN, LINGER -> close();
      case CLOSED -> {}
    }
  }

  private void headTimedOut() {
    if (!reader.hasBegun() && !output.isEmpty()) {
      reading.set(settings.keepAliveMillis()); // the client is still taking the response
      return;
    }
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
    if (output.isResettingTimedOut()) {
      client.resetOnClose();
    }
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
