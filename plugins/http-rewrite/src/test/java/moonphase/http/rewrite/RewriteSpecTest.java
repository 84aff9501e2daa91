package moonphase.http.rewrite;

import java.util.stream.Stream;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code set} and {@code rewrite}. */
class RewriteSpecTest {
  static final Spec SPEC =
      Spec.with(
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> set() {
    return SPEC.cases(
        """
        === set gives a variable a value
        --- config
        location /t { set $a hello; set $b "$a ${a}s"; return 200 $b; }
        --- request
        GET /t
        --- response_body chop
        hello hellos
        === the name of a variable is the same in any case
        --- config
        location /t { set $Foo 1; return 200 "$foo $FOO"; }
        --- request
        GET /t
        --- response_body chop
        1 1
        === steps of the server come before those of the location
        --- config
        set $a server;
        location /t { set $a "$a, location"; return 200 $a; }
        --- request
        GET /t
        --- response_body chop
        server, location
        === set changes the arguments
        --- config
        location /t { set $args "a=2&b=3"; return 200 "$args $arg_b"; }
        --- request
        GET /t?a=1
        --- response_body chop
        a=2&b=3 3
        === a variable that no step has reached is empty, with a warning
        --- config
        location /t { return 200 "[$a]"; }
        location /other { set $a 1; return 200 $a; }
        --- request
        GET /t
        --- response_body chop
        []
        --- error_log
        [warn]
        using uninitialized "a" variable
        === uninitialized_variable_warn turns the warning off
        --- config
        location /t { uninitialized_variable_warn off; return 200 "[$a]"; }
        location /other { set $a 1; return 200 $a; }
        --- request
        GET /t
        --- response_body chop
        []
        --- no_error_log
        using uninitialized
        === set wants a variable
        --- config
        location /t { set a 1; }
        --- must_die
        --- error_log
        invalid variable name "a" in
        === set wants more than a dollar sign
        --- config
        location /t { set $ 1; }
        --- must_die
        --- error_log
        invalid variable name "$" in
        === set does not change what cannot change
        --- config
        location /t { set $request_uri 1; }
        --- must_die
        --- error_log
        the duplicate "request_uri" variable in
        === a variable that nobody declares is unknown
        --- config
        location /t { set $a $nobody; return 200 $a; }
        --- must_die
        --- error_log
        unknown "nobody" variable
        """);
  }

  @TestFactory
  Stream<DynamicTest> rewrites() {
    return SPEC.cases(
        """
        === last chooses the location anew
        --- config
        location /t { rewrite ^/t/(.*)$ /new/$1 last; return 200 not_here; }
        location /new/ { return 200 "$uri?$args"; }
        --- request
        GET /t/a?b=c
        --- response_body chop
        /new/a?b=c
        === break stays in the location and ends its steps
        --- config
        location /t { rewrite ^ /new break; return 200 not_here; }
        location /new { return 200 nor_here; }
        --- request
        GET /t
        --- error_code: 404
        --- error_log_like: .*
        === without a flag the steps go on
        --- config
        location /t { rewrite ^ /new; set $a "$uri"; rewrite ^/new$ /newer; }
        location /newer { return 200 "$a $uri"; }
        --- request
        GET /t
        --- response_body chop
        /new /newer
        === arguments are put before those of the request
        --- config
        location /t { rewrite ^/t/(.*)$ /new?x=$1 last; }
        location /new { return 200 $args; }
        --- request
        GET /t/1?y=2
        --- response_body chop
        x=1&y=2
        === a question mark at the end drops the arguments
        --- config
        location /t { rewrite ^/t/(.*)$ /new?x=$1? last; }
        location /u { rewrite ^ /new? last; }
        location /new { return 200 "[$args]"; }
        --- request
        GET /t/1?y=2
        --- response_body chop
        [x=1]
        === a lone question mark drops the arguments
        --- config
        location /u { rewrite ^ /new? last; }
        location /new { return 200 "[$args]"; }
        --- request
        GET /u?y=2
        --- response_body chop
        []
        === captures are escaped in arguments
        --- config
        location /t { rewrite ^/t/(.*)$ /new?x=$1 last; }
        location /new { return 200 $args; }
        --- request
        GET /t/a%26b%20c
        --- response_body chop
        x=a%26b%20c
        === captures are not escaped in paths
        --- config
        location /t { rewrite ^/t/(.*)$ /new/$1 last; }
        location /new { return 200 $uri; }
        --- request
        GET /t/a%26b
        --- response_body chop
        /new/a&b
        === redirect sends the client elsewhere
        --- config
        location /t { rewrite ^/t/(.*)$ /new/$1 redirect; }
        --- request
        GET /t/a%20b?c=d
        --- more_headers
        Host: example.com
        --- error_code: 302
        --- response_headers
        Location: http://example.com:1984/new/a%20b?c=d
        === permanent does it for good
        --- config
        location /t { rewrite ^ http://example.org/x?y=z permanent; }
        --- request
        GET /t?a=b
        --- error_code: 301
        --- response_headers
        Location: http://example.org/x?y=z&a=b
        === an absolute URL redirects without a flag
        --- config
        location /t { rewrite ^/t(.*)$ $scheme://example.org$1?; return 200 not_here; }
        --- request
        GET /t/a?b=c
        --- error_code: 302
        --- response_headers
        Location: http://example.org/a
        === line ends do not get into a header
        --- config
        location /t { return 302 http://example.org$uri; }
        --- request
        GET /t%0D%0ASet-Cookie:a
        --- error_code: 302
        --- response_headers
        Location: http://example.org/t%0D%0ASet-Cookie:a
        !Set-Cookie
        === rewrite_log tells the steps
        --- config
        location /t {
          rewrite_log on;
          rewrite ^/x$ /y;
          rewrite ^/t/(.*)$ /new?a=$1 last;
        }
        location /new { return 200 $args; }
        --- log_level: notice
        --- request
        GET /t/1
        --- response_body chop
        a=1
        --- error_log
        [notice]
        "^/x$" does not match "/t/1"
        "^/t/(.*)$" matches "/t/1"
        rewritten data: "/new", args: "a=1"
        === a rewrite that leaves nothing is an error
        --- config
        location /t { set $a ""; rewrite ^ $a; }
        --- request
        GET /t
        --- error_code: 500
        --- error_log
        the rewritten URI has a zero length
        === a server's rewrite chooses the location
        --- config
        rewrite ^/old(.*)$ /new$1;
        location /new { return 200 "new $uri"; }
        location /old { return 200 old; }
        --- request
        GET /old/x
        --- response_body chop
        new /new/x
        === ten rewrites are too many
        --- config
        location /t { rewrite ^ /t last; }
        --- request
        GET /t
        --- error_code: 500
        --- error_log
        rewrite or internal redirection cycle while processing "/t"
        === a replacement must not be empty
        --- config
        location /t { rewrite ^ ""; }
        --- must_die
        --- error_log
        empty replacement in
        === a flag must be known
        --- config
        location /t { rewrite ^ /x first; }
        --- must_die
        --- error_log
        invalid parameter "first" in
        """);
  }
}
