package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SubrequestsTest extends KernelTestCase {

  private void conclude() {
    probe.waiting.removeFirst().conclude(Verdict.OK);
    transport.worker.turn();
  }

  @Test
  void output_comesInTheOrderInWhichItWasBegun() {
    serve("location / { say a /one b /two c; } location /one { say 1; } location /two { say 2; }");
    FakeStream stream = get("/");
    assertEquals("a1b2c", stream.body());
    assertTrue(stream.ended);
    assertEquals(List.of("done /one false", "done /two false", "log 200"), probe.trace);
  }

  @Test
  void slowSubrequest_holdsBackWhatFollows() {
    serve(
        "location / { say a /one b /two; } location /one { say 1 wait I; } location /two { say 2;"
            + " }");
    FakeStream stream = get("/");
    assertEquals("a1", stream.body());
    assertFalse(stream.ended);
    conclude();
    assertEquals("a1Ib2", stream.body());
    assertTrue(stream.ended);
  }

  @Test
  void subrequestsOfSubrequests_areNested() {
    serve("location / { say /one b; } location /one { say ( /two ); } location /two { say 2; }");
    assertEquals("(2)b", get("/").body());
  }

  @Test
  void access_isSkipped() {
    serve("probe ACCESS DECLINED; location / { say /one; } location /one { internal; say 1; }");
    assertEquals("1", get("/").body());
    assertEquals(1, probe.trace.stream().filter(t -> t.startsWith("ACCESS")).count());
  }

  @Test
  void errorInSubrequest_isPartOfTheOutput() {
    serve("location / { say a /none b; } location /none { probe PREACCESS 404; }");
    String body = get("/").body();
    assertTrue(body.startsWith("a<html>"), body);
    assertTrue(body.endsWith("</html>\r\nb"), body);
  }

  @Test
  void logSubrequest_logsEach() {
    serve("log_subrequest on; location / { say /one; } location /one { say 1; }");
    get("/");
    assertEquals(2, probe.trace.stream().filter("log 200"::equals).count());
  }

  @Test
  void endlessSubrequests_areAnError() {
    serve("location / { say /; }");
    get("/");
    assertTrue(errorLog().contains("subrequests cycle while processing \"/\""));
  }

  @Test
  void brokenSubrequest_closesTheConnection() {
    serve("location / { say a /one b; } location /one { probe PREACCESS ERROR; }");
    FakeStream stream = get("/");
    assertTrue(stream.aborted);
    assertEquals(List.of("PREACCESS ERROR sub", "done /one true", "log 200"), probe.trace);
  }
}
