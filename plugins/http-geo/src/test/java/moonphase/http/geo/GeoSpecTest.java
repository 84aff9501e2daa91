package moonphase.http.geo;

import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GeoSpecTest {
  private static final Spec SPEC = Spec.with(new GeoModule(), new Echo());

  private static Stream<DynamicTest> addresses(String config, String[][] expected) {
    return Stream.of(expected)
        .flatMap(pair ->
            SPEC.cases(
                """
                === <%s> is %s
                --- http_config
                geo $arg_a $to { %s }
                --- config
                location /t { echo "<$to>"; }
                --- request
                GET /t?a=%s
                --- response_body
                <%s>
                """
                    .formatted(pair[0], pair[1], config, pair[0], pair[1])));
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return addresses(
        """
        default none;
        10.0.0.0/8 ten;
        10.1.0.0/16 smaller;
        10.1.2.3 one;
        2001:db8::/32 six;
        2001:db8::1 six-one;
        192.168.0.0/16 gone;
        delete 192.168.0.0/16;
        """,
        new String[][] {
          {"10.2.3.4", "ten"},
          {"10.1.3.4", "smaller"},
          {"10.1.2.3", "one"},
          {"11.1.2.3", "none"},
          {"2001:db8:5::1", "six"},
          {"2001:db8::1", "six-one"},
          {"2001:db9::1", "none"},
          {"192.168.1.1", "none"},
          {"::ffff:10.1.2.3", "one"},
          {"rubbish", "none"},
          {"", "none"},
        });
  }

  @TestFactory
  Stream<DynamicTest> ranges() {
    return addresses(
        """
        ranges;
        default none;
        10.0.0.0-10.3.255.255 ten;
        10.1.2.3-10.1.2.5 inner;
        10.1.2.3-10.1.2.3 first;
        10.1.2.5-10.1.2.5 last;
        192.168.0.0-192.168.0.255 gone;
        delete 192.168.0.0-192.168.0.255;
        255.255.255.0-255.255.255.254 high;
        """,
        new String[][] {
          {"9.255.255.255", "none"},
          {"10.0.0.0", "ten"},
          {"10.1.2.2", "ten"},
          {"10.1.2.3", "first"},
          {"10.1.2.4", "inner"},
          {"10.1.2.5", "last"},
          {"10.1.2.6", "ten"},
          {"10.3.255.255", "ten"},
          {"10.4.0.0", "none"},
          {"192.168.0.7", "none"},
          {"255.255.255.254", "high"},
          {"2001:db8::1", "none"},
          {"rubbish", "none"},
        });
  }

  @TestFactory
  Stream<DynamicTest> clients() {
    return SPEC.cases(
        """
        === the client's address counts
        --- http_config
        geo $to { 127.0.0.0/8 here; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- response_body
        here
        === what a proxy says is believed once
        --- http_config
        geo $to { proxy 127.0.0.1; proxy 10.0.0.0/8; 10.0.0.1 proxied; 1.2.3.4 far; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- more_headers
        X-Forwarded-For: 1.2.3.4, 10.0.0.1
        --- response_body
        proxied
        === proxy_recursive goes on to the first stranger
        --- http_config
        geo $to { proxy 127.0.0.1; proxy_recursive; proxy 10.0.0.0/8; 1.2.3.4 far; 5.6.7.8 no; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- more_headers
        X-Forwarded-For: 5.6.7.8
        X-Forwarded-For: 1.2.3.4:8080, 10.0.0.1
        --- response_body
        far
        === a stranger is not believed
        --- http_config
        geo $to { proxy 10.0.0.0/8; 127.0.0.1 direct; 1.2.3.4 far; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- more_headers
        X-Forwarded-For: 1.2.3.4
        --- response_body
        direct
        """);
  }

  @TestFactory
  Stream<DynamicTest> complaints() {
    return SPEC.cases(
        """
        === a network must be one
        --- http_config
        geo $to {
          10.0.0.0/8 1;
          10.0.0/8 2;
        }
        --- must_die
        --- error_log
        invalid network "10.0.0/8" in
        nginx.conf:7
        === a variable needs its dollar sign
        --- http_config
        geo to { default b; }
        --- must_die
        --- error_log
        invalid variable name "to" in
        === the variable of the address needs more than its dollar sign
        --- http_config
        geo $ $to { default b; }
        --- must_die
        --- error_log
        invalid variable name "$" in
        === ranges come first
        --- http_config
        geo $to { 10.0.0.0/8 1; ranges; }
        --- must_die
        --- error_log
        the "ranges" directive must be the first directive inside "geo" block
        === ranges do not overlap
        --- http_config
        geo $to { ranges; 10.0.0.1-10.0.0.5 1; 10.0.0.4-10.0.0.9 2; }
        --- must_die
        --- error_log
        range "10.0.0.4-10.0.0.9" overlaps "10.0.0.1-10.0.0.5"
        === a range begins before it ends
        --- http_config
        geo $to { ranges; 10.0.0.5-10.0.0.4 1; }
        --- must_die
        --- error_log
        invalid range "10.0.0.5-10.0.0.4"
        === a line has two words
        --- http_config
        geo $to { 10.0.0.0/8 1 2; }
        --- must_die
        --- error_log
        invalid number of the geo parameters
        === what is said twice is told, the last counts
        --- http_config
        geo $to { default a; default b; 127.0.0.1/24 c; delete 1.2.3.4; }
        --- config
        location /t { echo $to; }
        --- request
        GET /t
        --- response_body
        c
        --- error_log
        duplicate network "default", value: "b", old value: "a"
        low address bits of 127.0.0.1/24 are meaningless
        no network "1.2.3.4" to delete
        """);
  }
}
