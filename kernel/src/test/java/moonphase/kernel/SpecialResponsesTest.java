package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SpecialResponsesTest extends KernelTestCase {

  @Test
  void page_isNginxs() {
    serve("location / { probe ACCESS 404; }");
    FakeStream stream = get("/");
    assertEquals(
        "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n"
            + "<center><h1>404 Not Found</h1></center>\r\n"
            + "<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n",
        stream.body());
    assertEquals("404 Not Found", stream.sent.line());
    assertEquals("text/html", stream.header("Content-Type"));
    assertEquals("153", stream.header("Content-Length"));
    assertEquals("nginx/1.22.1", stream.sent.server());
  }

  @Test
  void serverTokensOff_hidesTheVersion() {
    serve("server_tokens off; location / { probe ACCESS 403; }");
    FakeStream stream = get("/");
    assertTrue(stream.body().contains("<hr><center>nginx</center>"), stream.body());
    assertEquals("nginx", stream.sent.server());
  }

  @Test
  void browserThatHidesShortPages_getsALongerOne() {
    serve("location / { probe ACCESS 403; }");
    String body = get("/", "User-Agent", "Mozilla/5.0 Chrome/100.0 Safari").body();
    assertTrue(body.endsWith("friendly error page -->\r\n"));
  }

  @Test
  void statusOfItsOwn_isSentAs400() {
    serve("location / { probe ACCESS 497; }");
    FakeStream stream = get("/");
    assertEquals(400, stream.status());
    assertTrue(
        stream.body().contains("<center>The plain HTTP request was sent to HTTPS port</center>"));
    assertFalse(stream.sent.isKeepAlive());
  }

  @Test
  void unknownStatus_hasAnEmptyBody() {
    serve("location / { probe ACCESS 499; } location /x { probe ACCESS 418; }");
    FakeStream stream = get("/x");
    assertEquals("418 ", stream.sent.line());
    assertEquals("", stream.body());
    assertEquals("0", stream.header("Content-Length"));
  }

  @Test
  void errorPage_keepsTheStatus() {
    serve(
        "error_page 404 /e; location / { probe ACCESS 404; }"
            + " location /e { internal; say page; }");
    FakeStream stream = get("/");
    assertEquals(404, stream.status());
    assertEquals("page", stream.body());
  }

  @Test
  void statusThatAHandlerSets_isNotThatOfTheErrorPage_unlessItForgetsIt() {
    conf(
        "server { listen 8080; error_page 404 /e; error_page 403 /f;"
            + " location / { probe ACCESS 404; } location /x { probe ACCESS 403; }"
            + " location /e { } location /f { } }");
    kernel =
        builder()
            .add(
                Phase.CONTENT,
                "a_page",
                (PhaseHandler)
                    exchange -> {
                      if (exchange.request().uri().equals("/f")) {
                        exchange.response().status(0);
                      }
                      exchange.response().status(202);
                      return Verdict.OK;
                    })
            .start();
    assertEquals(404, get("/").status());
    assertEquals(202, get("/x").status());
  }

  @Test
  void errorPageWithStatus_changesIt() {
    serve("error_page 404 =202 /e; location / { probe ACCESS 404; } location /e { say page; }");
    assertEquals(202, get("/").status());
  }

  @Test
  void errorPageWithEqualsSign_takesTheHandlersStatus() {
    serve("error_page 404 = /e; location / { probe ACCESS 404; } location /e { say page; }");
    assertEquals(200, get("/").status());
  }

  @Test
  void errorPageNamed_keepsTheUri() {
    serve("error_page 404 @e; location / { probe ACCESS 404; } location @e { say named; }");
    FakeStream stream = get("/some");
    assertEquals(404, stream.status());
    assertEquals("named", stream.body());
  }

  @Test
  void errorPageUrl_isARedirect() {
    serve("error_page 404 http://example.org/x; location / { probe ACCESS 404; }");
    FakeStream stream = get("/");
    assertEquals(302, stream.status());
    assertEquals("http://example.org/x", stream.header("Location"));
  }

  @Test
  void errorPageWithVariables_isEvaluated() {
    serve(
        "error_page 404 /e?from=$uri; location / { probe ACCESS 404; }"
            + " location /e { probe PREACCESS DECLINED; say page; }");
    assertEquals("page", get("/").body());
  }

  @Test
  void errorOfAnErrorPage_getsNone_unlessRecursive() {
    String rest =
        "error_page 404 /e; error_page 403 /f; location / { probe ACCESS 404; }"
            + " location /e { probe ACCESS 403; } location /f { say f; }";
    serve(rest);
    assertTrue(get("/").body().contains("403 Forbidden"));
  }

  @Test
  void errorOfAnErrorPage_getsOne_ifRecursive() {
    serve(
        "recursive_error_pages on; error_page 404 /e; error_page 403 /f;"
            + " location / { probe ACCESS 404; }"
            + " location /e { probe ACCESS 403; } location /f { say f; }");
    assertEquals("f", get("/").body());
  }

  @Test
  void hostRules_areNginxs() {
    serve("location / { say hello; }");
    assertEquals(400, get("/", "Host", "other").status());
    assertTrue(errorLog().contains("client sent duplicate host header"));
    assertEquals(405, transport.begin("TRACE", "/").status());
    assertEquals(400, get("/../x").status());
  }
}
