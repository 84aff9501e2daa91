package moonphase.http.rewrite;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code return}. */
class ReturnSpecTest {
  @TestFactory
  Stream<DynamicTest> returns() {
    return RewriteSpecTest.SPEC.cases(
        """
        === text is sent with the default type
        --- config
        location /t { default_type text/x-test; return 200 "hello\\n"; }
        --- request
        GET /t
        --- response_headers
        Content-Type: text/x-test
        Content-Length: 6
        --- response_body
        hello
        === a status of an error can have text
        --- config
        location /t { return 404 "not here"; }
        --- request
        GET /t
        --- error_code: 404
        --- response_body chop
        not here
        === a status of an error without text is nginx's page
        --- config
        location /t { return 403; }
        --- request
        GET /t
        --- error_code: 403
        --- response_body_like: <title>403 Forbidden</title>
        === an error page is asked for
        --- config
        location /t { error_page 403 /forbidden; return 403; }
        location /forbidden { return 200 "page of $uri"; }
        --- request
        GET /t
        --- error_code: 403
        --- response_body chop
        page of /forbidden
        === 204 has no body
        --- config
        location /t { return 204; }
        --- request
        GET /t
        --- error_code: 204
        --- response_headers
        !Content-Length
        !Content-Type
        === 444 closes the connection
        --- config
        location /t { return 444; }
        --- request
        GET /t
        --- error_code:
        === a redirect names its target
        --- config
        location /t { return 301 /new?$args; }
        --- request
        GET /t?a=b
        --- more_headers
        Host: example.com
        --- error_code: 301
        --- response_headers
        Location: http://example.com:1984/new?a=b
        === 307 and 308 are redirects too
        --- config
        location /t { return 308 https://example.org/; }
        --- request
        GET /t
        --- error_code: 308
        --- response_headers
        Location: https://example.org/
        === a URL alone is a redirect
        --- config
        location /t { return https://example.org$uri; }
        --- request
        GET /t
        --- error_code: 302
        --- response_headers
        Location: https://example.org/t
        === HEAD gets the header only
        --- config
        location /t { return 200 hello; }
        --- request
        HEAD /t
        --- response_headers
        Content-Length: 5
        --- response_body:
        === an empty text is an empty body
        --- config
        location /t { return 200; }
        --- request
        GET /t
        --- response_headers
        Content-Length: 0
        --- response_body:
        === a code must be a number
        --- config
        location /t { return ok; }
        --- must_die
        --- error_log
        invalid return code "ok" in
        === a code has three digits at most
        --- config
        location /t { return 1000; }
        --- must_die
        --- error_log
        invalid return code "1000" in
        """);
  }
}
