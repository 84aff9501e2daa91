package moonphase.http.referer;

import java.util.List;
import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RefererSpecTest {
  private static final Spec SPEC = Spec.with(new RefererModule(), new Echo(), new Pcre2Engine());

  private static Stream<DynamicTest> cases(String rules, String result, List<String> referers) {
    return referers.stream()
        .flatMap(referer ->
            SPEC.cases(
                """
                === %s: <%s> is <%s>
                --- config
                server_name mine.example.com *.mine.org ~^re\\\\d+$;
                valid_referers %s;
                location /t { echo "<$invalid_referer>"; }
                --- request
                GET /t
                --- more_headers
                %s
                --- response_body
                <%s>
                """
                    .formatted(
                        rules,
                        referer,
                        result,
                        rules,
                        referer.isEmpty() ? "" : "Referer: " + referer,
                        result)));
  }

  @TestFactory
  Stream<DynamicTest> hosts() {
    String rules = "example.com *.example.org www.example.* example.net/pictures/";
    return Stream.concat(
        cases(
            rules,
            "",
            List.of(
                "http://example.com",
                "HTTPS://Example.COM/any/page",
                "http://example.com:8080/",
                "http://a.b.example.org/",
                "http://www.example.fr/",
                "http://example.net/pictures/1",
                "http://example.net:80/pictures/")),
        cases(
            rules,
            "1",
            List.of(
                "",
                "http://other.com/",
                "http://example.org/",
                "http://example.com.evil.com/",
                "http://evil.com/http://example.com/",
                "http://example.net/",
                "http://example.net/other/pictures/",
                "example.com",
                "ftp://example.com/")));
  }

  @TestFactory
  Stream<DynamicTest> words() {
    return Stream.of(
            cases("none example.com", "", List.of("")),
            cases("none example.com", "1", List.of("x")),
            cases("blocked example.com", "", List.of("x", "example")),
            cases("blocked example.com", "1", List.of("", "http://x/")),
            cases(
                "server_names",
                "",
                List.of("http://mine.example.com/", "http://a.mine.org/", "http://re12/")),
            cases("server_names", "1", List.of("http://mine.org/", "http://rex/")),
            cases(
                "~\\\\.google\\\\.", "", List.of("http://www.google.com/", "http://x.GOOGLE.de/")),
            cases("~\\\\.google\\\\.", "1", List.of("http://google/")),
            cases("none", "", List.of("", "http://anything/")))
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> configuration() {
    return SPEC.cases(
        """
        === without rules all is valid
        --- config
        location /t { echo "<$invalid_referer>"; }
        --- request
        GET /t
        --- response_body
        <>
        === rules are inherited by levels that have none
        --- config
        valid_referers example.com;
        referer_hash_max_size 1024;
        location /t { echo "<$invalid_referer>"; }
        --- request
        GET /t
        --- response_body
        <1>
        === a host is named once
        --- config
        valid_referers example.com example.com/x;
        --- must_die
        --- error_log
        conflicting parameter "example.com"
        === a star stands for labels
        --- config
        valid_referers a*b;
        --- must_die
        --- error_log
        invalid hostname or wildcard "a*b"
        === an expression is not empty
        --- config
        valid_referers ~;
        --- must_die
        --- error_log
        empty regex in "~"
        """);
  }
}
