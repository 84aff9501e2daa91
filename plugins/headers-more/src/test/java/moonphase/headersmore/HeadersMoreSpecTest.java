package moonphase.headersmore;

import java.util.stream.Stream;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HeadersMoreSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new HeadersMoreModule(),
          new OutputFilter(),
          new InputHandler(),
          new moonphase.echo.Echo(),
          new moonphase.echo.EchoFilter(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> output() {
    return SPEC.cases(
        """
        === a field is added
        --- config
        location /t { more_set_headers "X-Foo: Blah" 'X-Bar:  b:c' X-None; echo hi; }
        --- request
        GET /t
        --- response_headers
        X-Foo: Blah
        X-Bar: b:c
        !X-None
        --- response_body
        hi
        === a value may hold variables
        --- config
        location /t { set $a dog; more_set_headers "X-Foo: $a $uri"; echo hi; }
        --- request
        GET /t
        --- response_headers
        X-Foo: dog /t
        === line ends of variables stay in the field
        --- config
        location /t { more_set_headers "X-Foo: $uri"; echo hi; }
        --- request
        GET /t%0AX-Bar:1
        --- response_headers
        X-Foo: /t%0AX-Bar:1
        !X-Bar
        === a field is replaced
        --- config
        location /t {
          more_set_headers "X-Foo: 1";
          more_set_headers "x-foo: 2";
          echo hi;
        }
        --- request
        GET /t
        --- response_headers
        X-Foo: 2
        === -a adds to the fields that are there
        --- config
        location /t {
          more_set_headers "X-Foo: 1";
          more_set_headers -a "X-Foo: 2";
          echo hi;
        }
        --- request
        GET /t
        --- response_headers
        X-Foo: 1, 2
        === a field is cleared
        --- config
        location /t { more_set_headers "X-Foo: 1"; more_clear_headers X-Foo; echo hi; }
        --- request
        GET /t
        --- response_headers
        !X-Foo
        === a star clears what begins so
        --- config
        location /t {
          more_set_headers "X-Foo-A: 1" "X-Foo-B: 2" "X-Fo: 3";
          more_clear_headers 'X-Foo-*';
          echo hi;
        }
        --- request
        GET /t
        --- response_headers
        !X-Foo-A
        !X-Foo-B
        X-Fo: 3
        === the status decides
        --- config
        location /t {
          more_set_headers -s 404 "X-A: 1";
          more_set_headers -s '500 404' -s 200 "X-B: 1";
          more_set_headers -s 200 "X-C: 1";
          echo_status 404;
          echo hi;
        }
        --- request
        GET /t
        --- error_code: 404
        --- response_headers
        X-A: 1
        X-B: 1
        !X-C
        === the type decides
        --- config
        location /t {
          default_type text/x-a;
          more_set_headers -t 'text/x-a text/x-b' "X-A: 1";
          more_set_headers -t text/x-b "X-B: 1";
          echo hi;
        }
        --- request
        GET /t
        --- response_headers
        X-A: 1
        !X-B
        === built-in pages have the fields too
        --- config
        location /t { more_set_headers "X-Foo: 1" "Content-Type: text/x-a"; return 403; }
        --- request
        GET /t
        --- error_code: 403
        --- response_headers
        X-Foo: 1
        Content-Type: text/x-a
        === Server is replaced
        --- config
        location /t { more_set_headers "Server: mine"; echo hi; }
        --- request
        GET /t
        --- response_headers
        Server: mine
        === Server is cleared
        --- config
        location /t { more_clear_headers Server; echo hi; }
        --- request
        GET /t
        --- response_headers
        !Server
        === Content-Length is cleared
        --- config
        location /t { more_clear_headers Content-Length; return 200 hi; }
        --- request
        GET /t
        --- response_headers
        !Content-Length
        --- response_body chop
        hi
        === commands of the levels around run before
        --- http_config
        more_set_headers "X-A: http" "X-B: http";
        --- config
        more_set_headers "X-B: server" "X-C: server";
        location /t { more_set_headers "X-C: location"; echo hi; }
        --- request
        GET /t
        --- response_headers
        X-A: http
        X-B: server
        X-C: location
        === if has commands of its own
        --- config
        location /t {
          more_set_headers "X-A: 1";
          if ($arg_a) { more_set_headers "X-B: 1"; }
          echo hi;
        }
        --- request
        GET /t?a=1
        --- response_headers
        X-A: 1
        X-B: 1
        """);
  }

  @TestFactory
  Stream<DynamicTest> input() {
    return SPEC.cases(
        """
        === a request's field is set
        --- config
        location /t { more_set_input_headers "X-Foo: $arg_a"; echo "[$http_x_foo]"; }
        --- request
        GET /t?a=b
        --- response_body
        [b]
        === a request's field is replaced
        --- config
        location /t { more_set_input_headers "X-Foo: new"; echo "[$http_x_foo]"; }
        --- request
        GET /t
        --- more_headers
        X-Foo: old
        x-foo: older
        --- response_body
        [new]
        === a request's field is cleared
        --- config
        location /t { more_clear_input_headers X-Foo X-B*; echo "[$http_x_foo$http_x_bar]"; }
        --- request
        GET /t
        --- more_headers
        X-Foo: 1
        X-Bar: 2
        --- response_body
        []
        === -r changes only what is there
        --- config
        location /t {
          more_set_input_headers -r "X-Foo: new" "X-Bar: new";
          echo "[$http_x_foo$http_x_bar]";
        }
        --- request
        GET /t
        --- more_headers
        X-Foo: old
        --- response_body
        [new]
        === the request's type decides
        --- config
        location /t {
          more_set_input_headers -t text/x-a "X-A: 1";
          more_set_input_headers -t 'text/x-b text/x-c' "X-B: 1";
          echo "[$http_x_a|$http_x_b]";
        }
        --- request
        GET /t
        --- more_headers
        Content-Type: text/x-c
        --- response_body
        [|1]
        === Host changes the host
        --- config
        location /t { more_set_input_headers "Host: Example.ORG:81"; echo "$host $http_host"; }
        --- request
        GET /t
        --- response_body
        example.org Example.ORG:81
        === a malformed Host closes the connection
        --- config
        location /t { more_set_input_headers "Host: a..b"; echo hi; }
        --- request
        GET /t
        --- error_code:
        --- error_log
        invalid Host "a..b"
        === steps of the rewrite module run before
        --- config
        location /t {
          more_set_input_headers "X-Foo: $a";
          set $a 1;
          echo $http_x_foo;
        }
        --- request
        GET /t
        --- response_body
        1
        """);
  }

  @TestFactory
  Stream<DynamicTest> mistakes() {
    return SPEC.cases(
        """
        === an option must be known
        --- config
        location /t { more_set_headers -x "X-Foo: 1"; }
        --- must_die
        --- error_log
        more_set_headers: invalid option name: "-x" in
        === requests have no status
        --- config
        location /t { more_set_input_headers -s 404 "X-Foo: 1"; }
        --- must_die
        --- error_log
        more_set_input_headers: invalid option name: "-s" in
        === an option takes its argument
        --- config
        location /t { more_clear_headers X-Foo -t; }
        --- must_die
        --- error_log
        more_clear_headers: option -t takes an argument. in
        === a status is a number
        --- config
        location /t { more_set_headers -s 4x4 "X-Foo: 1"; }
        --- must_die
        --- error_log
        more_set_headers: invalid digit "x" found in the status code list "4x4" in
        === built-in fields are not appended to
        --- config
        location /t { more_set_headers -a "Server: 1"; }
        --- must_die
        --- error_log
        more_set_headers: can not append builtin headers "Server" in
        === a star needs a beginning
        --- config
        location /t { more_clear_headers *; }
        --- must_die
        --- error_log
        more_clear_headers: wildcard key too short: * in
        """);
  }
}
