package moonphase.kernel.variable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import moonphase.spi.Attributes;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfKey;
import moonphase.spi.Connection;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.FlushListener;
import moonphase.spi.Generation;
import moonphase.spi.Headers;
import moonphase.spi.Location;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import moonphase.spi.RequestBody;
import moonphase.spi.RequestHead;
import moonphase.spi.Response;
import moonphase.spi.Subrequest;
import moonphase.spi.Suspension;
import moonphase.spi.Variables;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** An exchange that stands still, for looking at its variables. */
final class FakeExchange
    implements Exchange, RequestFacts, Response, RequestBody, Location, ErrorLog {
  /** What was logged. */
  final List<String> logged = new ArrayList<>();

  /** The configuration, by key. */
  final Map<ConfKey<?>, Conf<?>> confs = new HashMap<>();

  final FakeConnection connection = new FakeConnection();
  final Headers fields = new Headers();
  final Headers sent = new Headers();
  private final Request request;
  private long limitRate;
  private final ExchangeVariables variables;

  int status;
  boolean headerSent;
  byte @Nullable [] body;
  @Nullable Path bodyFile;

  FakeExchange(VariableTable table, String target) {
    String[] parts = target.split("\\?", 2);
    RequestHead head =
        new RequestHead(
            "GET", target, 11, fields, "GET " + target + " HTTP/1.1", "", "", 99, 0, "");
    request = new Request(head, parts[0], parts.length == 2 ? parts[1] : "", this, connection.now);
    variables = new ExchangeVariables(table, this);
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response response() {
    return this;
  }

  @Override
  @SuppressWarnings("unchecked") // a key is put with its own type only
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return (C) Objects.requireNonNullElse(confs.get(key), key.unset());
  }

  @Override
  public Location location() {
    return this;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Variables variables() {
    return variables;
  }

  @Override
  public Attributes attributes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ErrorLog log() {
    return this;
  }

  @Override
  public Exchange main() {
    return this;
  }

  @Override
  public Suspension suspend() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Exchange subrequest(Subrequest subrequest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onEnd(Runnable cleanup) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String serverName() {
    return "first.test";
  }

  @Override
  public long limitRate() {
    return limitRate;
  }

  @Override
  public void limitRate(long bytesPerSecond) {
    limitRate = bytesPerSecond;
  }

  @Override
  public long bytesSent() {
    return 300;
  }

  @Override
  public long bodyBytesSent() {
    return 200;
  }

  @Override
  public long requestLength() {
    return 100;
  }

  @Override
  public boolean isPipelined() {
    return false;
  }

  @Override
  public boolean isKeepAlive() {
    return true;
  }

  @Override
  public boolean isCompleted() {
    return true;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int given) {
    status = given;
  }

  @Override
  public String statusLine() {
    return "";
  }

  @Override
  public void statusLine(String line) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Headers headers() {
    return sent;
  }

  @Override
  public boolean isHeaderSent() {
    return headerSent;
  }

  @Override
  public boolean isHeaderOnly() {
    return false;
  }

  @Override
  public boolean isEnded() {
    return false;
  }

  @Override
  public Verdict sendHeader() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Verdict send(Chunk chunk) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void whenFlushed(FlushListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(IntConsumer done) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void discard() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isRead() {
    return body != null || bodyFile != null;
  }

  @Override
  public byte @Nullable [] bytes() {
    return body;
  }

  @Override
  public @Nullable Path file() {
    return bodyFile;
  }

  @Override
  public long length() {
    return body == null ? 0 : body.length;
  }

  @Override
  public void set(byte[] bytes) {
    body = bytes;
  }

  @Override
  public void set(Path file, boolean delete) {
    bodyFile = file;
  }

  @Override
  public Writer write(long memoryBytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BodyFlow receive(BodyReceiver receiver) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String name() {
    return "/";
  }

  @Override
  public String file(String uri) {
    return "/root" + uri;
  }

  @Override
  public boolean isAlias() {
    return false;
  }

  @Override
  public String contentType(String uri) {
    return "";
  }

  @Override
  public boolean isSatisfyAny() {
    return false;
  }

  @Override
  public Generation generation() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void enter(ConfBlock block) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isEnabled(LogLevel level) {
    return true;
  }

  @Override
  public void log(LogLevel level, String message) {
    logged.add(message);
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    logged.add(message);
  }
}
