package moonphase.http.rewrite;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code if} and {@code break}. */
class IfSpecTest {
  @TestFactory
  Stream<DynamicTest> conditions() {
    return RewriteSpecTest.SPEC.cases(
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
}
