package moonphase.http.map;

import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MapSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new MapModule(),
          new SplitClientsModule(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Echo(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> values() {
    return SPEC.cases(
        """
        === a text is looked for without case
        --- http_config
        map $arg_a $to { Abc 1; default 2; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=aBC
        --- response_body
        1
        === default is for the rest
        --- http_config
        map $arg_a $to { default 2; abc 1; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=abcd
        --- response_body
        2
        === without default the rest is empty
        --- http_config
        map $arg_a $to { abc 1; }
        --- config
        location /t { echo "<$to>"; }
        --- request
        GET /t
        --- response_body
        <>
        === an empty text can be looked for
        --- http_config
        map $arg_a $to { "" nothing; default something; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- response_body
        nothing
        === source and value are texts with variables
        --- http_config
        map "$arg_a:$arg_b" $to { x:y "<$uri?$args>"; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=x&b=y
        --- response_body
        </t?a=x&b=y>
        === expressions are tried in order behind the texts
        --- http_config
        map $arg_a $to { ~^a 1; ~^ab 2; abc 3; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=abcd
        --- response_body
        1
        === a text goes before an expression
        --- http_config
        map $arg_a $to { ~^a 1; abc 3; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=abc
        --- response_body
        3
        === groups can be used in the value and after it
        --- http_config
        map $arg_a $to { ~*^A(?<Rest>.*)$ "$1/$rest"; }
        --- config
        location /t { echo "$to|$rest"; }
        --- request
        GET /t?a=abcd
        --- response_body
        bcd/bcd|bcd
        === a mismatch keeps earlier groups
        --- http_config
        map $arg_a $to { ~^x(.) "$1"; default none; }
        --- config
        location ~ ^/t(.*) { echo "$to $1"; }
        --- request
        GET /tz?a=abcd
        --- response_body
        none z
        === a backslash takes the meaning from a word
        --- http_config
        map $arg_a $to { \\\\default 1; "\\\\~x" 2; default 3; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=default
        --- response_body
        1
        === a value is kept for the request
        --- http_config
        map $x $to { 1 one; default other; }
        --- config
        location /t { set $x 1; set $y $to; set $x 2; echo "$y $to"; }
        --- request
        GET /t
        --- response_body
        one one
        === volatile looks again each time
        --- http_config
        map $x $to { volatile; 1 one; default other; }
        --- config
        location /t { set $x 1; set $y $to; set $x 2; echo "$y $to"; }
        --- request
        GET /t
        --- response_body
        one other
        === set changes the variable
        --- http_config
        map $uri $to { default mapped; }
        --- config
        location /t { set $to set; echo $to; }
        location /u { echo $to; }
        --- request
        GET /u
        --- response_body
        mapped
        === the last map of a variable counts
        --- http_config
        map $uri $to { default first; }
        map $uri $to { default second; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- response_body
        second
        === a map may use another
        --- http_config
        map $a $b { 1 2; }
        map $arg_x $a { x 1; }
        --- config
        location /t { echo $b; }
        --- request
        GET /t?x=x
        --- response_body
        2
        === a map of itself is empty and told
        --- http_config
        map $a $b { default $a; }
        map $b $a { default $b; }
        --- config
        location /t { echo "<$b>"; }
        --- request
        GET /t
        --- response_body
        <>
        --- error_log
        cycle while evaluating variable "
        === entries can be included
        --- user_files
        >>> map.conf
        a 1;
        b 2;
        --- http_config
        map_hash_bucket_size 128;
        map_hash_max_size 4096;
        map $arg_a $to { include $TEST_NGINX_HTML_DIR/map.conf; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=b
        --- response_body
        2
        """);
  }

  @TestFactory
  Stream<DynamicTest> hosts() {
    String config =
        """
        --- http_config
        map $arg_h $to {
          hostnames;
          default none;
          .example.com dot;
          *.example.org star;
          *.deep.example.org deeper;
          www.* tail;
          www.example.* longer;
          exact.example.org exact;
        }
        --- config
        location /t { echo $to; }
        """;
    String[][] expected = {
      {"example.com", "dot"},
      {"a.b.Example.com", "dot"},
      {"example.com.", "dot"},
      {"notexample.com", "none"},
      {"example.org", "none"},
      {"a.example.org", "star"},
      {"a.deep.example.org", "deeper"},
      {"exact.example.org", "exact"},
      {"www.net", "tail"},
      {"www.example.net", "longer"},
      {"www", "none"},
    };
    return Stream.of(expected)
        .flatMap(pair ->
            SPEC.cases(
                "=== %s is %s\n%s--- request\nGET /t?h=%s\n--- response_body\n%s\n"
                    .formatted(pair[0], pair[1], config, pair[0], pair[1])));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return SPEC.cases(
        """
        === a variable needs its dollar sign
        --- http_config
        map $uri to { a b; }
        --- must_die
        --- error_log
        invalid variable name "to"
        === a built-in variable is not to be had
        --- http_config
        map $uri $host { a b; }
        --- must_die
        --- error_log
        the duplicate "host" variable
        === a line has two words, and errors name it
        --- http_config
        map $uri $to {
          a b;
          a;
        }
        --- must_die
        --- error_log
        invalid number of the map parameters in
        nginx.conf:7
        === a second default is refused
        --- http_config
        map $uri $to { default a; default b; }
        --- must_die
        --- error_log
        duplicate default map parameter
        === a second value is refused
        --- http_config
        map $uri $to { a 1; A 2; }
        --- must_die
        --- error_log
        conflicting parameter "A"
        === a star in the middle is refused
        --- http_config
        map $uri $to { hostnames; www.*.com 1; }
        --- must_die
        --- error_log
        invalid hostname or wildcard "www.*.com"
        === an expression is compiled at once
        --- http_config
        map $uri $to { ~( 1; }
        --- must_die
        --- error_log
        pcre2_compile() failed
        === unknown variables are found
        --- http_config
        map $uri $to { a $nobody; }
        --- must_die
        --- error_log
        unknown "nobody" variable
        """);
  }

  @TestFactory
  Stream<DynamicTest> splits() {
    return SPEC.cases(
        """
        === a text belongs to one share, always
        --- http_config
        split_clients "$arg_a" $to { 50% one; * two; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=hello
        --- response_body
        two
        === another text belongs to another
        --- http_config
        split_clients "$arg_a" $to { 50% one; * two; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t?a=x
        --- response_body
        one
        === what no share covers is empty
        --- http_config
        split_clients "$arg_a" $to { 0.01% one; }
        --- config
        location /t { echo "<$to>"; }
        --- request
        GET /t?a=x
        --- response_body
        <>
        === a share has a percent sign
        --- http_config
        split_clients "$uri" $to { 50 one; }
        --- must_die
        --- error_log
        invalid percent value "50"
        === shares are not more than the whole
        --- http_config
        split_clients "$uri" $to { 60% one; 40.01% two; }
        --- must_die
        --- error_log
        percent total is greater than 100%
        """);
  }
}
