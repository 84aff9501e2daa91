package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Subrequest;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class FiltersTest extends KernelTestCase {
  private final List<String> order = new ArrayList<>();

  /** Marks header and body with its name. */
  private class Marks implements HeaderFilter, BodyFilter {
    private final String name;

    Marks(String name) {
      this.name = name;
    }

    @Override
    public Verdict filterHeader(Exchange exchange) {
      order.add(name);
      return exchange.request().args().equals("refuse=" + name)
          ? Verdict.finish(403)
          : Verdict.DECLINED;
    }

    @Override
    public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
      if (exchange.request().args().equals("fail=" + name)) {
        throw new FilterException("asked for");
      }
      if (chunk.length() == 0) {
        return chunk;
      }
      String text = new String(((Chunk.Bytes) chunk).toBytes(), StandardCharsets.ISO_8859_1);
      return Chunk.of(text + name).with(chunk.isFlush(), chunk.isLast());
    }
  }

  @FilterOf(module = "lua_filter")
  private final class Lua extends Marks {
    Lua() {
      super("L");
    }
  }

  @FilterOf(module = "headers_more")
  private final class More extends Marks {
    More() {
      super("M");
    }
  }

  @FilterOf(module = "gzip")
  private final class Gzip extends Marks {
    Gzip() {
      super("G");
    }
  }

  private void serveFiltered(String server) {
    conf("server { listen 8080; " + server + " }");
    kernel = builder().add(new Gzip()).add(new Lua()).add(new More()).start();
    transport.worker.turn();
  }

  @Test
  void filters_runInReverseModuleOrder() {
    serveFiltered("location / { say a; }");
    assertEquals("aMLG", get("/").body());
    assertEquals(List.of("M", "L", "G"), order);
  }

  @Test
  void subrequest_isFilteredByItself_andMergedOnce() {
    serveFiltered("location / { say a /sub; } location /sub { say s; }");
    assertEquals("aMLGsMLG", get("/").body());
  }

  @Test
  void headerFilterThatRefuses_isAnsweredForOnce() {
    serveFiltered("location / { say a; }");
    FakeStream stream = get("/?refuse=L");
    assertEquals(403, stream.status());
    assertTrue(stream.body().contains("403 Forbidden"), stream.body());
    assertEquals(List.of("M", "L", "M", "G"), order);
  }

  @Test
  void bodyFilterThatGivesUp_closesTheConnection() {
    serveFiltered("location / { say a; }");
    FakeStream stream = get("/?fail=L");
    assertTrue(stream.aborted);
    assertFalse(stream.ended);
  }

  @Test
  void lengthThatIsNotKept_closesTheConnection() {
    serveFiltered("location / { say a; }");
    kernel.add(
        Phase.PRECONTENT,
        "lengthy",
        (PhaseHandler)
            exchange -> {
              exchange.response().headers().set("Content-Length", "100");
              return Verdict.DECLINED;
            });
    FakeStream stream = get("/");
    assertEquals("aMLG", stream.body());
    assertTrue(stream.aborted);
  }

  @Test
  void capturedSubrequest_refused_tellsTheStatusWithoutAPage() {
    serveFiltered("location / { } location /sub { probe CONTENT 404; }");
    kernel.add(
        Phase.PRECONTENT,
        "captures",
        (PhaseHandler) exchange -> exchange.isSubrequest() ? Verdict.DECLINED : capture(exchange));
    FakeStream stream = get("/");
    assertEquals(200, stream.status());
    assertEquals("404 true false", stream.header("X"));
    assertEquals("", stream.body());
  }

  private static Verdict capture(Exchange exchange) {
    Suspension suspension = exchange.suspend();
    exchange.subrequest(
        new Subrequest(
            "/sub",
            "",
            "",
            Optional.empty(),
            Subrequest.Body.NONE,
            Subrequest.Output.CAPTURED,
            Subrequest.Sharing.FRESH,
            child -> {},
            (child, body, truncated) -> {
              boolean page = new String(body, StandardCharsets.ISO_8859_1).contains("404 Not");
              exchange
                  .response()
                  .headers()
                  .set("X", child.response().status() + " " + truncated + " " + page);
              suspension.conclude(Verdict.finish(200));
            }));
    return Verdict.SUSPENDED;
  }

  @Test
  void cleanups_runAfterTheLogPhase_lastFirst() {
    serveFiltered("location / { say a; }");
    kernel.add(
        Phase.PRECONTENT,
        "cleans",
        (PhaseHandler)
            exchange -> {
              exchange.onEnd(() -> probe.trace.add("first"));
              exchange.onEnd(() -> probe.trace.add("second"));
              return Verdict.DECLINED;
            });
    get("/");
    assertEquals(List.of("log 200", "second", "first"), probe.trace);
  }
}
