package moonphase.http.headers;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.echo.EchoFilter;
import moonphase.headersmore.HeadersMoreModule;
import moonphase.headersmore.OutputFilter;
import moonphase.spi.HttpDate;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExpiresSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new AddHeader(),
          new Echo(),
          new EchoFilter(),
          new HeadersMoreModule(),
          new OutputFilter());

  @TestFactory
  Stream<DynamicTest> ages() {
    return Stream.of(
            List.of("expires 30;", "max-age=30"),
            List.of("expires +1h;", "max-age=3600"),
            List.of("expires 1h30m;", "max-age=5400"),
            List.of("expires 1M;", "max-age=2592000"),
            List.of("expires 1y;", "max-age=31536000"),
            List.of("expires 2w;", "max-age=1209600"),
            List.of("expires '1d 12h';", "max-age=129600"),
            List.of("expires 0;", "max-age=0"),
            List.of("expires modified 0;", "max-age=0"),
            List.of("expires -1;", "no-cache"),
            List.of("expires epoch;", "no-cache"),
            List.of("expires max;", "max-age=315360000"),
            List.of("expires $arg_e;", "max-age=60"),
            List.of("expires modified 1h;", "max-age=3600"),
            List.of("expires 5; more_set_headers 'Cache-Control: private';", "max-age=5"))
        .flatMap(pair ->
            SPEC.cases(
                """
                === %s
                --- config
                location /t { %s echo ok; }
                --- request
                GET /t?e=60
                --- response_headers
                Cache-Control: %s
                """
                    .formatted(pair.get(0), pair.get(0), pair.get(1))));
  }

  @TestFactory
  Stream<DynamicTest> times() {
    long midnight =
        LocalDate.now().plusDays(1).atStartOfDay(ZoneId.systemDefault()).toEpochSecond();
    return SPEC.cases(
        """
        === epoch is long past
        --- config
        location /t { expires epoch; echo ok; }
        --- request
        GET /t
        --- response_headers
        Expires: Thu, 01 Jan 1970 00:00:01 GMT
        === max is as late as an old clock goes
        --- config
        location /t { expires max; echo ok; }
        --- request
        GET /t
        --- response_headers
        Expires: Thu, 31 Dec 2037 23:55:55 GMT
        === a time of day is the next one
        --- config
        location /t { expires @24h; echo ok; }
        --- request
        GET /t
        --- response_headers
        Expires: %s
        === modified counts from the last change
        --- config
        location /t {
          expires modified 1h;
          more_set_headers 'Last-Modified: Sun, 06 Nov 2022 08:49:37 GMT';
          echo ok;
        }
        --- request
        GET /t
        --- response_headers
        Expires: Sun, 06 Nov 2022 09:49:37 GMT
        Cache-Control: no-cache
        === off stops what was inherited
        --- config
        expires 1h;
        location /t { expires off; echo ok; }
        --- request
        GET /t
        --- response_headers
        ! Expires
        ! Cache-Control
        === a variable may say off, or nonsense
        --- config
        location /t { expires $arg_e; echo ok; }
        --- request
        GET /t?e=nonsense
        --- response_headers
        ! Expires
        === an error does not expire
        --- config
        location /t { expires 1h; echo_status 500; echo no; }
        --- request
        GET /t
        --- error_code: 500
        --- response_headers
        ! Expires
        === a time has its units in order
        --- config
        location /t { expires 1m1h; }
        --- must_die
        --- error_log
        "expires" directive invalid value in
        === a time is one that a date can express
        --- config
        location /t { expires 9999999y; }
        --- must_die
        --- error_log
        "expires" directive invalid value in
        === a day has 24 hours
        --- config
        location /t { expires @25h; }
        --- must_die
        --- error_log
        "expires" directive daily time value must be less than 24 hours in
        === modified has no time of day
        --- config
        location /t { expires modified @1h; }
        --- must_die
        --- error_log
        "expires" directive daily time cannot be used with "modified" parameter in
        """
            .formatted(HttpDate.format(midnight)));
  }
}
