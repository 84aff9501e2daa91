package moonphase.http.access;

import java.util.stream.Stream;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The client is 127.0.0.1; answers come from the file html/index.html or from echo. */
class AccessSpecTest {
  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with(
            new AccessModule(),
            new AccessHandler(),
            new moonphase.echo.Echo(),
            new moonphase.echo.EchoFilter(),
            new RewriteModule(),
            new ServerRewriteHandler(),
            new LocationRewriteHandler(),
            new Pcre2Engine())
        .cases(
            """
            === nobody is refused without a rule
            --- config
            location /t { echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === deny all refuses everybody
            --- config
            location /t { deny all; echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            [error]
            access forbidden by rule
            === an address is allowed
            --- config
            location /t { allow 127.0.0.1; deny all; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === the first rule that fits decides
            --- config
            location /t { deny 127.0.0.1; allow all; echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            access forbidden by rule
            === a network is allowed
            --- config
            location /t { allow 127.0.0.0/8; deny all; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === the bits behind the prefix do not count
            --- config
            location /t { allow 127.0.0.9/29; deny all; echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            low address bits of 127.0.0.9/29 are meaningless
            access forbidden by rule
            === another network is no match
            --- config
            location /t { allow 126.0.0.0/8; deny 127.0.0.0/31; allow all; echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            access forbidden by rule
            === rules of another family do not fit
            --- config
            location /t { deny ::1; deny 2001:db8::/32; deny unix:; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === an IPv4 address written as IPv6 is none
            --- config
            location /t { deny ::ffff:127.0.0.0/104; deny ::ffff:127.0.0.1; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === rules are inherited
            --- http_config
            deny all;
            --- config
            location /t { echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            access forbidden by rule
            === rules of the level replace those around it
            --- config
            deny all;
            location /t { allow 127.0.0.1; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === limit_except refuses other methods
            --- config
            location /t { limit_except GET { deny all; } echo ok; }
            --- request
            DELETE /t
            --- error_code: 403
            --- error_log
            access forbidden by rule
            === limit_except leaves its methods alone
            --- config
            location /t { limit_except GET { deny all; } echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === satisfy any tells it once, if nobody consents
            --- config
            location /t { satisfy any; deny all; echo ok; }
            --- request
            GET /t
            --- error_code: 403
            --- error_log
            access forbidden by rule
            === a subrequest is not asked
            --- config
            location /t { echo_location /sub; }
            location /sub { deny all; echo sub; }
            --- request
            GET /t
            --- response_body
            sub
            === a parameter must be an address
            --- config
            location /t { allow localhost; }
            --- must_die
            --- error_log
            invalid parameter "localhost" in
            === a prefix must fit the address
            --- config
            location /t { allow 10.0.0.0/33; }
            --- must_die
            --- error_log
            invalid parameter "10.0.0.0/33" in
            """);
  }
}
