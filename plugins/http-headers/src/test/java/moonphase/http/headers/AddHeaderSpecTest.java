package moonphase.http.headers;

import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.echo.EchoFilter;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AddHeaderSpecTest {
  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with(new AddHeader(), new Echo(), new EchoFilter())
        .cases(
            """
            === a field is added, with variables
            --- config
            location /t { add_header X-Uri "at $uri"; echo ok; }
            --- request
            GET /t
            --- response_headers
            X-Uri: at /t
            --- response_body
            ok
            === an empty value is not added
            --- config
            location /t { add_header X-A $arg_a; echo ok; }
            --- request
            GET /t
            --- response_headers
            !X-A
            === an error has no added field
            --- config
            location /t { add_header X-A b; echo_status 404; echo no; }
            --- request
            GET /t
            --- error_code: 404
            --- response_headers
            !X-A
            === unless it is added always
            --- config
            location /t { add_header X-A b always; echo_status 404; echo no; }
            --- request
            GET /t
            --- error_code: 404
            --- response_headers
            X-A: b
            === the server's fields are inherited where there are none
            --- config
            add_header X-S s;
            location /t { echo ok; }
            --- request
            GET /t
            --- response_headers
            X-S: s
            === and not where there is one
            --- config
            add_header X-S s;
            location /t { add_header X-L l; echo ok; }
            --- request
            GET /t
            --- response_headers
            X-L: l
            !X-S
            === another word than always is refused
            --- config
            location /t { add_header X-A b sometimes; }
            --- must_die
            --- error_log
            invalid parameter "sometimes" in
            """);
  }

  @TestFactory
  Stream<DynamicTest> trailers() {
    return Spec.with(new AddHeader(), new Echo(), new EchoFilter())
        .cases(
            """
            === a field follows the body, with what is known then
            --- config
            location /t { add_trailer X-Uri "at $uri"; echo ok; }
            --- request
            GET /t
            --- response_headers
            Trailer/X-Uri: at /t
            ! X-Uri
            ! Content-Length
            --- response_body
            ok
            === an empty one does not
            --- config
            location /t { add_trailer X-A $arg_a; echo ok; }
            --- request
            GET /t
            --- response_headers
            ! Trailer/X-A
            === an error has none
            --- config
            location /t { add_trailer X-A b; echo_status 404; echo no; }
            --- request
            GET /t
            --- error_code: 404
            --- response_headers
            ! Trailer/X-A
            === unless it is for always
            --- config
            location /t { add_trailer X-A b always; add_trailer X-B c; echo_status 404; echo no; }
            --- request
            GET /t
            --- error_code: 404
            --- response_headers
            Trailer/X-A: b
            ! Trailer/X-B
            """);
  }
}
