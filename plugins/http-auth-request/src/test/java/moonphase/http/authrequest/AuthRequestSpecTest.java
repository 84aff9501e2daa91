package moonphase.http.authrequest;

import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AuthRequestSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new AuthRequestModule(),
          new AuthRequestHandler(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Echo(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> verdicts() {
    return SPEC.cases(
        """
        === a 2xx grants access, and what it says is dropped
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { internal; echo nobody sees this; }
        --- request
        GET /t
        --- response_body
        secret
        === 204 grants access
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { return 204; }
        --- request
        GET /t
        --- response_body
        secret
        === 403 denies it
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { return 403; }
        --- request
        GET /t
        --- error_code: 403
        --- response_body_like: 403 Forbidden
        === 401 denies it
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { return 401; }
        --- request
        GET /t
        --- error_code: 401
        --- response_body_like: 401 Authorization Required
        === any other status is an error
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { return 302 /login; }
        --- request
        GET /t
        --- error_code: 500
        --- response_headers
        ! Location
        --- error_log
        auth request unexpected status: 302
        === a missing location is an error
        --- config
        location /t { auth_request /auth; echo secret; }
        location /auth { return 404; }
        --- request
        GET /t
        --- error_code: 500
        --- error_log
        auth request unexpected status: 404
        === off stops what was inherited
        --- config
        auth_request /auth;
        location /t { auth_request off; echo open; }
        location /auth { return 403; }
        --- request
        GET /t
        --- response_body
        open
        === without off it is inherited
        --- config
        auth_request /auth;
        location /t { echo closed; }
        location /auth { return 403; }
        --- request
        GET /t
        --- error_code: 403
        === satisfy any takes another's consent
        --- config
        satisfy any;
        location /t { auth_request /auth; echo open; }
        location /auth { return 200; }
        --- request
        GET /t
        --- response_body
        open
        === satisfy any ends with the refusal if nobody consents
        --- config
        satisfy any;
        location /t { auth_request /auth; echo open; }
        location /auth { return 401; }
        --- request
        GET /t
        --- error_code: 401
        === error_page takes over a refusal
        --- config
        location /t { error_page 403 = @login; auth_request /auth; echo open; }
        location /auth { return 403; }
        location @login { echo please log in; }
        --- request
        GET /t
        --- response_body
        please log in
        === the subrequest has the header, but neither arguments nor body
        --- config
        location /t { auth_request /auth; auth_request_set $said $line; echo $said; }
        location /auth { set $line "$request_method $echo_request_method $args $http_x $request_body"; return 200; }
        --- request
        POST /t?a=b
        some body
        --- more_headers
        X: y
        --- response_body
        POST GET  y\s
        """);
  }

  @TestFactory
  Stream<DynamicTest> variables() {
    return SPEC.cases(
        """
        === auth_request_set is evaluated in the subrequest
        --- config
        location /t { auth_request /auth; auth_request_set $where "$uri:$status"; echo $where; }
        location /auth { return 200; }
        --- request
        GET /t
        --- response_body
        /auth:200
        === it sees the answer's header
        --- config
        location /t { auth_request /auth; auth_request_set $to $sent_http_content_type; echo $to; }
        location /auth { default_type text/x-user; return 200 x; }
        --- request
        GET /t
        --- response_body
        text/x-user
        === a level with assignments of its own inherits none
        --- config
        auth_request /auth;
        auth_request_set $a 1;
        location /t { auth_request_set $b 2; echo "$a$b"; }
        location /auth { return 200; }
        --- request
        GET /t
        --- response_body
        2
        === a name without dollar sign is refused
        --- config
        location /t { auth_request_set a 1; }
        --- must_die
        --- error_log
        invalid variable name "a"
        === a second URI is refused
        --- config
        location /t { auth_request /a; auth_request /b; }
        --- must_die
        --- error_log
        "auth_request" directive is duplicate
        """);
  }
}
