package moonphase.echo;

import java.util.stream.Stream;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EchoSpecTest {
  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with(new Echo(), new EchoFilter())
        .cases(
            """
            === echo writes its arguments with blanks between them
            --- config
            location /t { echo hello "big  world"; echo -n a; echo -n -- -n; echo; }
            --- request
            GET /t
            --- response_body
            hello big  world
            a-n
            === variables are filled in
            --- config
            location /t { echo "$request_method $uri $arg_a"; }
            --- request
            GET /t?a=b%20c
            --- response_body
            GET /t b%20c
            === the content type is the location's
            --- config
            location /t { default_type text/x-test; echo hi; }
            --- request
            GET /t
            --- response_headers
            Content-Type: text/x-test
            !Content-Length
            --- response_body
            hi
            === HEAD has no body
            --- config
            location /t { echo hi; }
            --- request
            HEAD /t
            --- response_body:
            === echo_status sets the status
            --- config
            location /t { echo_status 404; echo not here; }
            --- request
            GET /t
            --- error_code: 404
            --- response_body
            not here
            === echo_duplicate repeats
            --- config
            location /t { echo_duplicate 3 ab; echo_duplicate 1_0 c; }
            --- request
            GET /t
            --- response_body chop
            abababcccccccccc
            === echo_duplicate refuses what is no number
            --- config
            location /t { echo_duplicate x ab; }
            --- request
            GET /t
            --- error_code: 500
            --- error_log
            invalid size specified: "x", in echo_duplicate
            === echo_sleep waits, and the timer counts
            --- config
            location /t { echo before; echo_sleep 2.5; echo $echo_timer_elapsed; }
            --- request
            GET /t
            --- response_body_like: \\Abefore\\n2\\.5\\d\\d\\n\\z
            === echo_reset_timer starts the timer anew
            --- config
            location /t { echo_sleep 9; echo_reset_timer; echo_sleep 1; echo $echo_timer_elapsed; }
            --- request
            GET /t
            --- response_body_like: \\A1\\.0\\d\\d\\n\\z
            === echo_flush changes nothing in the body
            --- config
            location /t { echo a; echo_flush; echo b; }
            --- request
            GET /t
            --- response_body
            a
            b
            === the request body is read and written
            --- config
            location /t { echo_read_request_body; echo_request_body; echo $echo_request_body; echo end; }
            --- request
            POST /t
            body here
            --- response_body
            body here
            body here

            end
            === an unread body is not written
            --- config
            location /t { echo_request_body; echo end; }
            --- request
            POST /t
            body here
            --- response_body
            end
            === echo_location waits for the subrequest
            --- config
            location /t { echo_location /sub a=1; echo $echo_timer_elapsed; }
            location /sub { echo_sleep 1; echo "sub $arg_a"; }
            --- request
            GET /t
            --- response_body_like: \\Asub 1\\n1\\.0\\d\\d\\n\\z
            === output keeps its order around subrequests that run at once
            --- config
            location /t { echo one; echo_location_async /slow; echo two; echo_location_async /fast; echo three; }
            location /slow { echo_sleep 3; echo slow; }
            location /fast { echo fast; }
            --- request
            GET /t
            --- response_body
            one
            slow
            two
            fast
            three
            === subrequests nest in order
            --- config
            location /t { echo_location_async /a; echo_location_async /b; echo end; }
            location /a { echo a1; echo_location_async /c; echo a2; }
            location /b { echo b; }
            location /c { echo_sleep 1; echo c; }
            --- request
            GET /t
            --- response_body
            a1
            c
            a2
            b
            end
            === echo_subrequest has a method, arguments and a body
            --- config
            location /t { echo_subrequest PUT /sub -q x=y -b "a body"; }
            location /sub { echo "$echo_request_method $args"; echo_request_body; }
            --- request
            GET /t
            --- response_body chop
            PUT x=y
            a body
            === echo_exec goes to another location
            --- config
            location /t { echo_exec /other?a=b; }
            location /other { echo "$uri $args"; }
            --- request
            GET /t
            --- response_body
            /other a=b
            === echo_exec goes to a named location
            --- config
            location /t { echo_exec @other; }
            location @other { echo "$uri"; }
            --- request
            GET /t
            --- response_body
            /t
            === text stands before and after another body
            --- config
            location /t { echo_before_body "before $uri"; echo middle; echo_after_body after; }
            --- request
            GET /t
            --- response_body
            before /t
            middle
            after
            === the client's request is shown in a subrequest
            --- config
            location /t { echo_subrequest POST /sub; }
            location /sub { echo "$echo_client_request_method $echo_request_method"; echo -n "$echo_client_request_headers"; }
            --- request
            GET /t
            --- more_headers
            X-A: b
            --- response_body_like: GET POST\\nGET /t HTTP/1.1\\r\\nHost: localhost\\r\\n.*X-A: b\\r\\n\\z
            === an option of echo_subrequest needs a value
            --- config
            location /t { echo_subrequest GET /sub -q; }
            --- must_die
            --- error_log
            missing value for option "-q" in
            """);
  }
}
