package moonphase.http.charset;

import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CharsetSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new CharsetModule(),
          new CharsetFilter(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Echo(),
          new Pcre2Engine());

  /** A request for {@code /t?c=cp1251}, and the type that is answered. */
  private static Stream<DynamicTest> type(String server, String location, int code, String type) {
    return SPEC.cases(
        """
        === %1$s%2$s: %4$s
        --- config
        %1$s
        location /t { %2$s }
        --- request
        GET /t?c=cp1251
        --- error_code: %3$d
        --- response_headers
        Content-Type: %4$s
        --- ignore_response
        """
            .formatted(server, location, code, type));
  }

  @TestFactory
  Stream<DynamicTest> types() {
    String html = "default_type text/html; return 200 x;";
    String json = "default_type application/json; return 200 x;";
    return Stream.of(
            type("charset utf-8;", html, 200, "text/html; charset=utf-8"),
            type("charset utf-8;", json, 200, "application/json"),
            type("charset utf-8;", "charset off; " + html, 200, "text/html"),
            type("charset utf-8;", "charset koi8-r; " + html, 200, "text/html; charset=koi8-r"),
            type("charset $arg_c;", html, 200, "text/html; charset=cp1251"),
            type("charset $arg_none;", html, 200, "text/html"),
            type("source_charset utf-8;", html, 200, "text/html"),
            type(
                "charset utf-8; charset_types application/json;",
                json,
                200,
                "application/json; charset=utf-8"),
            type(
                "charset utf-8; charset_types application/json;",
                html,
                200,
                "text/html; charset=utf-8"),
            type(
                "charset utf-8; charset_types application/json;",
                "default_type text/plain; return 200 x;",
                200,
                "text/plain"),
            type("charset utf-8; charset_types *;", json, 200, "application/json; charset=utf-8"),
            type(
                "charset utf-8;",
                "default_type 'text/html; charset=koi8-r'; return 200 x;",
                200,
                "text/html; charset=koi8-r"),
            type("charset utf-8;", "return 403;", 403, "text/html; charset=utf-8"),
            type("charset utf-8;", "return 301 /u;", 301, "text/html"))
        .flatMap(cases -> cases);
  }

  /** A body of one piece or more, and what it is answered as. */
  private static Stream<DynamicTest> body(
      String to, String from, String content, String type, String body) {
    return SPEC.cases(
        """
        === %2$s as %1$s: %3$s
        --- http_config
        charset_map koi8-r utf-8 { c1 d0b0; C2 D0B1; a3 d191; }
        charset_map koi8-r cp1251 { c1 e0; }
        --- config
        location /t { charset %1$s; source_charset %2$s; default_type text/plain; %3$s }
        --- request
        GET /t
        --- response_headers
        Content-Type: %4$s
        --- response_body
        %5$s
        """
            .formatted(to, from, content, type, body));
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    String utf8 = "text/plain; charset=utf-8";
    String koi = "text/plain; charset=koi8-r";
    return Stream.of(
            body(
                "utf-8",
                "koi8-r",
                "echo 'a\u00c1\u00c2!\u00ff';",
                utf8,
                "a\u00d0\u00b0\u00d0\u00b1!?"),
            body("UTF-8", "KOI8-R", "echo '\u00a3';", "text/plain; charset=UTF-8", "\u00d1\u0091"),
            body("koi8-r", "utf-8", "echo '\u00d0\u00b0\u00d1\u0091z';", koi, "\u00c1\u00a3z"),
            body("koi8-r", "utf-8", "echo '\u00d1\u008f\u00ff';", koi, "&#1103;?"),
            body("koi8-r", "utf-8", "echo -n '\u00d0'; echo '\u00b0';", koi, "\u00c1"),
            body("cp1251", "koi8-r", "echo 'b\u00c1';", "text/plain; charset=cp1251", "b\u00e0"),
            body("koi8-r", "cp1251", "echo 'b\u00e0\u00e1';", koi, "b\u00c1?"),
            body("utf-8", "utf-8", "echo '\u00d0\u00b0';", utf8, "\u00d0\u00b0"),
            body("utf-8", "off", "echo '\u00c1';", utf8, "\u00c1"))
        .flatMap(cases -> cases);
  }

  @TestFactory
  Stream<DynamicTest> lengths() {
    return SPEC.cases(
        """
        === a length is told only if it stays the same
        --- http_config
        charset_map koi8-r cp1251 { c1 e0; }
        charset_map koi8-r utf-8 { c1 d0b0; }
        --- config
        default_type text/plain;
        source_charset koi8-r;
        location /same { charset cp1251; return 200 abc; }
        location /other { charset utf-8; return 200 abc; }
        --- request
        GET /same
        --- response_headers
        Content-Length: 3
        === and is left out otherwise
        --- http_config
        charset_map koi8-r utf-8 { c1 d0b0; }
        --- config
        location /t {
          default_type text/plain; source_charset koi8-r; charset utf-8; return 200 abc;
        }
        --- request
        GET /t
        --- response_headers
        !Content-Length
        === without a table the body and its type stay as they are
        --- config
        location /t {
          default_type text/plain; source_charset koi8-r; charset utf-8; return 200 abc;
        }
        --- request
        GET /t
        --- response_headers
        Content-Type: text/plain
        --- response_body chomp
        abc
        --- error_log
        no "charset_map" between the charsets "koi8-r" and "utf-8"
        """);
  }

  /** A table that cannot be read, and why. */
  private static Stream<DynamicTest> bad(String directives, String message) {
    return SPEC.cases(
        """
        === %1$s
        --- http_config
        %1$s
        --- config
        location /t { return 200; }
        --- must_die
        --- error_log
        %2$s
        """
            .formatted(directives, message));
  }

  @TestFactory
  Stream<DynamicTest> badTables() {
    String twice = "charset_map a b { 80 81; } ";
    return Stream.of(
            bad(
                "charset_map a A { 80 81; }",
                "\"charset_map\" between the same charsets \"a\" and"),
            bad(twice + twice, "duplicate \"charset_map\" between \"a\" and \"b\" in"),
            bad("charset_map a b { 80 81 82; }", "invalid parameters number in"),
            bad("charset_map a b { xx 81; }", "invalid value \"xx\" in"),
            bad("charset_map a b { 80 8181; }", "invalid value \"8181\" in"),
            bad("charset_map a utf-8 { 80 d0; }", "invalid UTF-8 value \"d0\" in"))
        .flatMap(cases -> cases);
  }
}
