package moonphase.http.rewrite;

import java.util.stream.Stream;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RewriteSpecTest {
  private static final Spec SPEC =
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
  Stream<DynamicTest> conditions() {
    return SPEC.cases(
        """
        === a value that is not empty and not 0 is true
        --- config
        location /t {
          set $r "";
          if ($arg_a) { set $r "${r}a"; }
          if ($arg_b) { set $r "${r}b"; }
          if ($arg_c) { set $r "${r}c"; }
          if ($arg_d) { set $r "${r}d"; }
          return 200 "[$r]";
        }
        --- request
        GET /t?a=1&b=0&c=&d=00
        --- response_body chop
        [ad]
        === values are compared
        --- config
        location /t {
          set $r "";
          if ($arg_a = b) { set $r "${r}1"; }
          if ($arg_a = "B") { set $r "${r}2"; }
          if ( $arg_a != c ) { set $r "${r}3"; }
          if ($arg_a != $arg_b) { set $r "${r}4"; }
          return 200 "[$r]";
        }
        --- request
        GET /t?a=b&b=b
        --- response_body chop
        [13]
        === expressions are matched
        --- config
        location /t {
          set $r "";
          if ($arg_a ~ ^B) { set $r "${r}1"; }
          if ($arg_a ~* ^B) { set $r "${r}2"; }
          if ($arg_a !~ ^B) { set $r "${r}3"; }
          if ($arg_a !~* "^B") { set $r "${r}4"; }
          return 200 "[$r]";
        }
        --- request
        GET /t?a=bar
        --- response_body chop
        [23]
        === files are tested
        --- user_files
        >>> there.txt
        there
        --- config
        location /t {
          root html;
          set $r "";
          if (-f $document_root/there.txt) { set $r "${r}1"; }
          if (!-f $document_root/there.txt) { set $r "${r}2"; }
          if (-d $document_root) { set $r "${r}3"; }
          if (!-d $document_root/there.txt) { set $r "${r}4"; }
          if (-e $document_root/there.txt) { set $r "${r}5"; }
          if (!-e $document_root/not_there.txt) { set $r "${r}6"; }
          if (-x $document_root) { set $r "${r}7"; }
          if (!-x $document_root/there.txt) { set $r "${r}8"; }
          return 200 "[$r]";
        }
        --- request
        GET /t
        --- response_body chop
        [1345678]
        === captures and named groups stay for the block
        --- config
        location /t {
          if ($uri ~ "^/t/(?<first>[^/]+)/(.*)$") { return 200 "$first $1 $2"; }
          return 200 none;
        }
        --- request
        GET /t/a/b/c
        --- response_body chop
        a a b/c
        === a mismatch clears the captures
        --- config
        location /t {
          if ($uri ~ "^/(t)") { set $a 1; }
          if ($uri ~ "^/(x)") { set $a 2; }
          return 200 "[$a$1]";
        }
        --- request
        GET /t
        --- response_body chop
        [1]
        === the block's root holds
        --- config
        location /t {
          root /outer;
          if ($arg_a) { root /inner; }
          return 200 $document_root;
        }
        --- request
        GET /t?a=1
        --- response_body chop
        /inner
        === if in a server runs its steps
        --- config
        if ($arg_a) { return 403; }
        location /t { return 200 ok; }
        --- request
        GET /t?a=1
        --- error_code: 403
        === steps behind the block run too
        --- config
        location /t {
          if ($arg_a) { set $r 1; }
          set $r "${r}2";
          return 200 $r;
        }
        --- request
        GET /t?a=1
        --- response_body chop
        12
        === break ends the steps of the location
        --- config
        location /t {
          default_type text/plain;
          set $r 1;
          if ($arg_a) { break; }
          return 200 $r;
        }
        --- request
        GET /t?b=1
        --- response_body chop
        1
        === a condition stands in brackets
        --- config
        location /t { if $arg_a { return 200; } }
        --- must_die
        --- error_log
        invalid condition "$arg_a" in
        === an operator must be known
        --- config
        location /t { if ($arg_a == b) { return 200; } }
        --- must_die
        --- error_log
        unexpected "==" in condition in
        === a condition is not cut short
        --- config
        location /t { if ($arg_a =) { return 200; } }
        --- must_die
        --- error_log
        invalid condition "$arg_a" in
        === a file test must be known
        --- config
        location /t { if (-z /tmp) { return 200; } }
        --- must_die
        --- error_log
        invalid condition "-z" in
        === an expression must be well formed
        --- config
        location /t { if ($uri ~ "(") { return 200; } }
        --- must_die
        --- error_log
        "(" in
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

  @TestFactory
  Stream<DynamicTest> returns() {
    return SPEC.cases(
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
