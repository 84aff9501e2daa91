package moonphase.http.authbasic;

import java.util.stream.Stream;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code dXNlcjpzZWNyZXQ=} is user:secret, {@code dXNlcjp3cm9uZw==} is user:wrong. */
class AuthBasicSpecTest {
  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with(
            new AuthBasicModule(),
            new AuthBasicHandler(),
            new moonphase.echo.Echo(),
            new moonphase.echo.EchoFilter())
        .cases(
            """
            === the password of the file is accepted
            --- user_files
            >>> users
            # a comment
            other:{PLAIN}other
            user:{PLAIN}secret:a comment
            user:{PLAIN}wrong
            --- config
            location /t {
              auth_basic "a realm";
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo "hello $remote_user";
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjpzZWNyZXQ=
            --- response_body
            hello user
            === no password is asked for
            --- user_files
            >>> users
            user:{PLAIN}secret
            --- config
            location /t {
              auth_basic "a realm";
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- error_code: 401
            --- response_headers
            WWW-Authenticate: Basic realm="a realm"
            --- error_log
            [info]
            no user/password was provided for basic authentication
            --- response_body_like: 401 Authorization Required
            === another password is refused
            --- user_files
            >>> users
            user:{PLAIN}secret
            --- config
            location /t {
              auth_basic "a realm";
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjp3cm9uZw==
            --- error_code: 401
            --- error_log
            [error]
            user "user": password mismatch
            === an unknown user is refused
            --- user_files
            >>> users
            users:{PLAIN}secret
            --- config
            location /t {
              auth_basic "a realm";
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjpzZWNyZXQ=
            --- error_code: 401
            --- error_log
            user "user" was not found in "
            /html/users"
            === a method that takes its time is computed elsewhere
            --- user_files
            >>> users
            user:$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1
            --- config
            location /t {
              auth_basic realm;
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjpzZWNyZXQ=
            --- response_body
            ok
            === an unknown method is no match
            --- user_files
            >>> users
            user:$zz$x$y
            --- config
            location /t {
              auth_basic realm;
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjpzZWNyZXQ=
            --- error_code: 401
            --- error_log
            user "user": password mismatch
            === a missing file forbids
            --- config
            location /t {
              auth_basic realm;
              auth_basic_user_file not_there;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic dXNlcjpzZWNyZXQ=
            --- error_code: 403
            --- error_log
            /conf/not_there" failed (2: No such file or directory)
            === off turns it off
            --- http_config
            auth_basic realm;
            auth_basic_user_file not_there;
            --- config
            location /t { auth_basic off; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === both directives are inherited, each by itself
            --- user_files
            >>> users
            user:{PLAIN}secret
            --- http_config
            auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
            --- config
            auth_basic outer;
            location /t { auth_basic inner; echo ok; }
            --- request
            GET /t
            --- error_code: 401
            --- response_headers
            WWW-Authenticate: Basic realm="inner"
            === without a file nobody is asked
            --- config
            location /t { auth_basic realm; echo ok; }
            --- request
            GET /t
            --- response_body
            ok
            === realm and file may hold variables
            --- user_files
            >>> users.a
            user:{PLAIN}secret
            --- config
            location /t {
              auth_basic "for $arg_x";
              auth_basic_user_file ../html/users.$arg_x;
              echo ok;
            }
            --- request
            GET /t?x=a
            --- more_headers
            Authorization: basic   dXNlcjpzZWNyZXQ=
            --- response_body
            ok
            === malformed credentials are none
            --- user_files
            >>> users
            user:{PLAIN}secret
            --- config
            location /t {
              auth_basic realm;
              auth_basic_user_file $TEST_NGINX_HTML_DIR/users;
              echo ok;
            }
            --- request
            GET /t
            --- more_headers
            Authorization: Basic !!!
            --- error_code: 401
            --- error_log
            no user/password was provided for basic authentication
            """);
  }
}
