package moonphase.kernel;

import moonphase.kernel.conf.CoreConf;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.variable.ExchangeVariables;
import moonphase.kernel.variable.RequestFacts;
import moonphase.spi.Attributes;
import moonphase.spi.Chunk;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Connection;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.FlushListener;
import moonphase.spi.HttpStream;
import moonphase.spi.Request;
import moonphase.spi.Subrequest;
import moonphase.spi.Suspension;
import org.jspecify.annotations.Nullable;

/** An exchange on its walk; main requests and subrequests alike. Worker thread only. */
final class KernelExchange implements Exchange, RequestFacts {
  /** How often the URI may change, plus one. */
  private static final int URI_CHANGES = 11;

  private final Cycle cycle;
  private final int listen;
  private final long heldMillis;
  private final Wire wire;
  private final KernelExchange main;
  private final @Nullable Child child;
  private final Place place;
  private final Request request;
  private final KernelResponse response;
  private final ErrorLog log;
  private final HandlerCalls calls;
  private final Ending ending;
  private final Attributes attributes = new Attributes();
  private @Nullable ExchangeVariables variables;

  /** The place in the chain, also while a handler is waited for. */
  private int position;

  private int uriChanges = URI_CHANGES;
  private int refusedAccess;
  private boolean errorPage;
  private boolean held;

  /** The order of output; null as long as there was no subrequest, so that nothing waits. */
  private @Nullable Output output;

  /** The neighbours in the worker's list of main requests. */
  @Nullable KernelExchange previous;

  @Nullable KernelExchange next;

  /**
   * A main request.
   *
   * @param listen the index of the address it came to
   * @param heldMillis how long it has waited for a module
   */
  KernelExchange(
      Cycle cycle,
      HttpStream stream,
      ServerBlock server,
      String uri,
      String args,
      int listen,
      long heldMillis) {
    this.cycle = cycle;
    this.listen = listen;
    this.heldMillis = heldMillis;
    this.wire = new Wire(this, stream);
    this.main = this;
    this.child = null;
    this.place = new Place(this, server);
    this.request =
        new Request(
            stream.head(),
            uri,
            args,
            new StoredBody(this, stream),
            stream.connection().worker().currentMillis() - heldMillis);
    this.response = new KernelResponse(this);
    this.log = new ExchangeLog(this);
    this.calls = new HandlerCalls(this);
    this.ending = new Ending(this);
  }

  /** A subrequest. */
  KernelExchange(KernelExchange parent, Subrequest asked) {
    this.cycle = parent.cycle;
    this.listen = parent.listen;
    this.heldMillis = parent.heldMillis;
    this.wire = parent.wire;
    this.main = parent.main;
    this.child = new Child(this, parent, asked);
    this.place = new Place(this, parent.server());
    this.request = Subrequests.request(this, parent, asked);
    this.response = new KernelResponse(this);
    this.log = new ExchangeLog(this);
    this.calls = new HandlerCalls(this);
    this.ending = new Ending(this);
    this.variables = Subrequests.variables(this, parent, asked);
    this.position = cycle.chain().serverRewrite();
    this.output = asked.isApart() ? null : parent.output().begin();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public KernelResponse response() {
    return response;
  }

  @Override
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return place.block().conf(key);
  }

  @Override
  public Place location() {
    return place;
  }

  @Override
  public Connection connection() {
    return wire.stream().connection();
  }

  @Override
  public ExchangeVariables variables() {
    ExchangeVariables known = variables;
    if (known == null) {
      known = new ExchangeVariables(cycle.configuration().variables(), this);
      variables = known;
    }
    return known;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public ErrorLog log() {
    return log;
  }

  @Override
  public KernelExchange main() {
    return main;
  }

  @Override
  public Suspension suspend() {
    return calls.suspend();
  }

  @Override
  public Exchange subrequest(Subrequest asked) {
    return Subrequests.start(this, asked);
  }

  @Override
  public void onEnd(Runnable cleanup) {
    ending.onEnd(cleanup);
  }

  Cycle cycle() {
    return cycle;
  }

  /** The index of the address it came to. */
  int listen() {
    return listen;
  }

  /** How long this request has waited for a module. */
  long heldMillis() {
    return heldMillis;
  }

  /** Whether it waits for a module, and is on none. */
  boolean isHeld() {
    return held;
  }

  void held(boolean waits) {
    held = waits;
  }

  Wire wire() {
    return wire;
  }

  HttpStream stream() {
    return wire.stream();
  }

  /** What makes it a subrequest; null for a main request. */
  @Nullable Child child() {
    return child;
  }

  ServerBlock server() {
    return place.server();
  }

  /** The core module's configuration where this exchange stands. */
  CoreConf core() {
    return place.block().core();
  }

  HandlerCalls calls() {
    return calls;
  }

  Ending ending() {
    return ending;
  }

  /** Whether this exchange stands, or stood, where a module acts, or waits for a handler of it. */
  boolean uses(Reach reach, Plugin plugin) {
    return place.isOrWasIn(reach)
        || calls.waitedFor().map(step -> step.plugin() == plugin).orElse(false);
  }

  void walk() {
    calls.walk();
  }

  /** Where it stands in the chain. */
  Step step() {
    return cycle.chain().steps()[position];
  }

  int position() {
    return position;
  }

  /** Sets the place in the chain; true, so that the walk goes on. */
  boolean goTo(int step) {
    position = step;
    return true;
  }

  /** Counts a change of the URI; false if there were too many. */
  boolean changeUri() {
    uriChanges--;
    return uriChanges > 0;
  }

  boolean mayChangeUri() {
    return uriChanges > 0;
  }

  /** What refused access under {@code satisfy any}: 403, 401, 407; 0 if nothing did. */
  int refusedAccess() {
    return refusedAccess;
  }

  /** Remembers a refusal, of which one that asks for a password is the stronger; 0 forgets. */
  void refuseAccess(int status) {
    if (status == 0 || refusedAccess == 0 || refusedAccess == 403) {
      refusedAccess = status;
    }
  }

  /** Whether an {@code error_page} is being answered, so that its own errors get none. */
  boolean isErrorPage() {
    return errorPage;
  }

  void errorPage(boolean given) {
    errorPage = given;
  }

  /** Whether the output stays apart from the main request's. */
  boolean isApart() {
    return child != null && child.isApart();
  }

  /** Sends status and header of a main request; a subrequest's go nowhere. */
  void sendHead(boolean hasNoBody) {
    if (main == this) {
      wire.head(hasNoBody);
    }
  }

  /** Takes output that has passed the filters of this exchange. */
  void write(Chunk chunk) {
    if (child == null ? wire.isDone() : !child.isApart() && wire.isDone()) {
      chunk.release();
    } else if (output != null) {
      output.write(chunk);
    } else {
      sink().accept(chunk);
    }
  }

  private Output.Sink sink() {
    return child == null ? wire : child.capture();
  }

  /** The order of output at this exchange, for a subrequest that begins in it. */
  Output output() {
    Output known = output;
    if (known == null) {
      known = new Output(sink());
      output = known;
    }
    return known;
  }

  void whenFlushed(FlushListener listener) {
    if (isApart()) {
      listener.flushed(true);
    } else {
      wire.stream().whenFlushed(listener);
    }
  }

  @Override
  public String serverName() {
    return place.server().name();
  }

  @Override
  public long bytesSent() {
    return wire.stream().bytesSent();
  }

  @Override
  public long bodyBytesSent() {
    return wire.bodyBytesSent();
  }

  @Override
  public long requestLength() {
    return wire.stream().bytesReceived();
  }

  @Override
  public long limitRate() {
    return wire.limitRate();
  }

  @Override
  public void limitRate(long bytesPerSecond) {
    wire.limitRate(bytesPerSecond);
  }

  @Override
  public boolean isPipelined() {
    return false;
  }

  @Override
  public boolean isKeepAlive() {
    return wire.isKeepAlive();
  }

  @Override
  public boolean isCompleted() {
    return main.wire.isComplete();
  }
}
