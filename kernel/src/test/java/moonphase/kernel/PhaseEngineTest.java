package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class PhaseEngineTest extends KernelTestCase {

  @Test
  void declinedEverywhere_reachesContent() {
    serve("location / { probe REWRITE DECLINED; probe ACCESS DECLINED; say hello; }");
    FakeStream stream = get("/");
    assertEquals(200, stream.status());
    assertEquals("hello", stream.body());
    assertTrue(stream.ended);
    assertEquals(List.of("REWRITE DECLINED", "ACCESS DECLINED", "log 200"), probe.trace);
  }

  @ParameterizedTest
  @CsvSource({
    // phase, verdict of the first handler, status, whether the second handler is asked, body
    "SERVER_REWRITE, OK, 200, false, ''",
    "REWRITE, OK, 200, false, ''",
    "REWRITE, 404, 404, false, page",
    "REWRITE, DECLINED, 200, true, hello",
    "PREACCESS, OK, 200, false, hello",
    "PREACCESS, DECLINED, 200, true, hello",
    "PREACCESS, 503, 503, false, page",
    "ACCESS, OK, 200, true, hello",
    "ACCESS, DECLINED, 200, true, hello",
    "ACCESS, 403, 403, false, page",
    "ACCESS, 401, 401, false, page",
    "PRECONTENT, OK, 200, false, hello",
    "PRECONTENT, 204, 204, false, ''",
    "POST_READ, 400, 400, false, page",
    "POST_READ, OK, 200, false, hello",
  })
  void verdictOfPhase_hasItsMeaning(
      String phase, String verdict, int status, boolean asksSecond, String body) {
    serve(
        "probe %s %s; probe %s DECLINED; location / { say hello; }"
            .formatted(phase, verdict, phase));
    FakeStream stream = get("/");
    assertEquals(status, stream.status());
    assertTrue(stream.ended);
    assertEquals(asksSecond, probe.trace.contains(phase + " DECLINED"));
    if (body.equals("page")) {
      assertTrue(stream.body().contains("<h1>" + status), stream.body());
    } else {
      assertEquals(body, stream.body());
    }
  }

  @ParameterizedTest
  @CsvSource({"201, 201, ''", "OK, 200, ''", "404, 404, page"})
  void verdictOfContent_isTheAnswer(String verdict, int status, String body) {
    serve("location / { probe CONTENT " + verdict + "; }");
    FakeStream stream = get("/");
    assertEquals(status, stream.status());
    assertTrue(stream.ended);
    assertEquals(body.isEmpty(), stream.body().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "403, DECLINED, 403",
    "403, OK, 200",
    "403, 401, 401",
    "401, 403, 401",
    "OK, 403, 200",
    "DECLINED, DECLINED, 200",
    "500, OK, 500",
  })
  void satisfyAny_needsTheConsentOfOne(String first, String second, int status) {
    serve(
        "location / { satisfy any; probe ACCESS %s; probe ACCESS %s; say hello; }"
            .formatted(first, second));
    assertEquals(status, get("/").status());
    assertEquals(status == 403, errorLog().contains("access forbidden by rule"));
  }

  @Test
  void suspended_goesOnWithTheConclusion() {
    serve("location / { probe ACCESS wait; say hello; }");
    FakeStream stream = get("/");
    assertEquals(0, stream.status());
    probe.waiting.getFirst().conclude(Verdict.OK);
    transport.worker.turn();
    assertEquals("hello", stream.body());
    assertEquals(List.of("ACCESS wait", "log 200"), probe.trace);
  }

  @Test
  void concludedWhileTheHandlerRuns_goesOnOnce() {
    serve("location / { probe ACCESS once; say hello; }");
    assertEquals("hello", get("/").body());
    assertEquals(List.of("ACCESS once", "log 200"), probe.trace);
  }

  @Test
  void concludedTwice_isRefused() {
    serve("location / { probe ACCESS wait; say hello; }");
    get("/");
    probe.waiting.getFirst().conclude(Verdict.OK);
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalStateException.class, () -> probe.waiting.getFirst().conclude(Verdict.OK));
    transport.worker.turn();
    assertTrue(errorLog().contains("of bundle probe concluded its wait twice"), errorLog());
  }

  @Test
  void handlerThatThrows_isAnswered500() {
    serve("location / { probe ACCESS throw; say hello; }");
    assertEquals(500, get("/").status());
    assertTrue(errorLog().contains("[error]"), errorLog());
    assertTrue(errorLog().contains("of module \"probe\""));
  }

  @Test
  void error_closesTheConnection() {
    serve("location / { probe ACCESS ERROR; say hello; }");
    FakeStream stream = get("/");
    assertTrue(stream.aborted);
    assertEquals(0, stream.status());
    assertEquals(List.of("ACCESS ERROR", "log 0"), probe.trace);
  }

  @ParameterizedTest
  @CsvSource({"408", "444", "499"})
  void statusWithoutAnswer_closesTheConnection(int status) {
    serve("location / { probe ACCESS " + status + "; say hello; }");
    FakeStream stream = get("/");
    assertTrue(stream.aborted);
    assertEquals(0, stream.status());
    assertTrue(probe.trace.contains("log " + status), probe.trace.toString());
  }

  @Test
  void nobodyAnswers_is404_andForADirectory403() {
    serve("location / { }");
    assertEquals(404, get("/x").status());
    assertEquals(403, get("/").status());
    assertTrue(errorLog().contains("directory index of \"" + prefix + "/html/\" is forbidden"));
  }

  @Test
  void changedUri_choosesTheLocationAgain() {
    serve("location /a { probe REWRITE uri:/b; } location /b { say b; }");
    assertEquals("b", get("/a").body());
  }

  @Test
  void endlesslyChangedUri_is500() {
    serve("location /a { probe REWRITE uri:/a; }");
    assertEquals(500, get("/a").status());
    assertEquals(11, probe.trace.stream().filter("REWRITE uri:/a"::equals).count());
    assertTrue(
        errorLog().contains("rewrite or internal redirection cycle while processing \"/a\""));
  }

  @Test
  void internalLocation_is404FromOutside() {
    serve("location /in { internal; say secret; } location / { probe PREACCESS /in; }");
    assertEquals(404, get("/in").status());
    assertEquals("secret", get("/").body());
  }

  @Test
  void redirectInACircle_is500() {
    serve("location / { probe PREACCESS /; }");
    assertEquals(500, get("/").status());
    assertTrue(
        errorLog()
            .contains(
                "rewrite or internal redirection cycle while internally redirecting to \"/\""));
  }

  @Test
  void namedLocation_keepsTheUri_andSkipsServerRewrite() {
    serve(
        "probe SERVER_REWRITE DECLINED; location / { probe PREACCESS @x; }"
            + " location @x { say named; }");
    assertEquals("named", get("/").body());
    assertEquals(1, probe.trace.stream().filter("SERVER_REWRITE DECLINED"::equals).count());
  }

  @Test
  void namedLocationThatIsNot_is500() {
    serve("location / { probe PREACCESS @none; }");
    assertEquals(500, get("/").status());
    assertTrue(errorLog().contains("could not find named location \"@none\""));
  }

  @Test
  void headRequest_hasNoBody() {
    serve("location / { say hello; }");
    FakeStream stream = transport.begin("HEAD", "/");
    assertEquals(200, stream.status());
    assertEquals("", stream.body());
    assertFalse(stream.sent.hasBody());
    assertTrue(stream.ended);
  }

  @Test
  void bodyBeyondTheLimit_is413() {
    serve("client_max_body_size 10; location / { say hello; }");
    assertEquals(413, transport.begin("POST", "/", "Content-Length", "11").status());
    assertEquals(200, transport.begin("POST", "/", "Content-Length", "10").status());
    assertTrue(errorLog().contains("client intended to send too large body: 11 bytes"));
  }
}
