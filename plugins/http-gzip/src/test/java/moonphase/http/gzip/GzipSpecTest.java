package moonphase.http.gzip;

import java.util.List;
import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.echo.EchoFilter;
import moonphase.headersmore.HeadersMoreModule;
import moonphase.headersmore.OutputFilter;
import moonphase.http.files.NotModifiedFilter;
import moonphase.http.files.RangeHeaderFilter;
import moonphase.http.files.StaticHandler;
import moonphase.http.files.StaticModule;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GzipSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new GzipModule(),
          new GzipFilter(),
          new GunzipFilter(),
          new GzipStaticHandler(),
          new StaticModule(),
          new StaticHandler(),
          new NotModifiedFilter(),
          new RangeHeaderFilter(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new HeadersMoreModule(),
          new OutputFilter(),
          new Echo(),
          new EchoFilter(),
          new Pcre2Engine());

  private static final String LONG = "a text that is longer than twenty bytes";

  /** Cases of a configuration and request fields, each compressed or not. */
  private static Stream<DynamicTest> compressed(boolean isCompressed, List<String> cases) {
    return cases.stream()
        .flatMap(text -> {
          String[] parts = text.split(" \\| ", -1);
          return SPEC.cases(
              """
              === %s
              --- config
              default_type text/html;
                  location /t { gzip on; %s echo '%s'; }
              --- request
              GET /t%s
              --- more_headers
              %s
              --- response_headers
              %s
              """
                  .formatted(
                      text,
                      parts[0],
                      LONG,
                      parts.length > 2 ? " " + parts[2] : "",
                      parts[1].replace("; ", "\n"),
                      isCompressed ? "Content-Encoding: gzip" : "! Content-Encoding"));
        });
  }

  @TestFactory
  Stream<DynamicTest> who_gets_it() {
    return compressed(
        true,
        List.of(
            " | Accept-Encoding: gzip",
            "gzip_types text/plain; | Accept-Encoding: gzip",
            "default_type text/css; gzip_types text/plain TEXT/CSS; | Accept-Encoding: gzip",
            "default_type x/y; gzip_types *; | Accept-Encoding: gzip",
            "gzip_http_version 1.0; | Accept-Encoding: gzip | HTTP/1.0",
            "gzip_proxied any; | Accept-Encoding: gzip; Via: p",
            "gzip_proxied auth; | Accept-Encoding: gzip; Via: p; Authorization: x",
            "gzip_proxied no-store; more_set_headers 'Cache-Control: no-store';"
                + " | Accept-Encoding: gzip; Via: p",
            "gzip_proxied expired; more_set_headers 'Expires: Thu, 01 Jan 1970 00:00:01 GMT';"
                + " | Accept-Encoding: gzip; Via: p",
            "gzip_proxied no_etag; | Accept-Encoding: gzip; Via: p",
            "gzip_disable msie6; | Accept-Encoding: gzip; User-Agent: MSIE 6.0 SV1",
            "gzip_disable foo; | Accept-Encoding: gzip; User-Agent: bar",
            "more_set_headers 'Content-Encoding:'; | Accept-Encoding: gzip"));
  }

  @TestFactory
  Stream<DynamicTest> who_does_not() {
    return Stream.concat(
        compressed(
            false,
            List.of(
                " | X: y",
                " | Accept-Encoding: br",
                "if ($uri) { gzip off; } | Accept-Encoding: gzip",
                "default_type text/css; | Accept-Encoding: gzip",
                " | Accept-Encoding: gzip | HTTP/1.0",
                " | Accept-Encoding: gzip; Via: p",
                "gzip_proxied no-cache; more_set_headers 'Cache-Control: no-store';"
                    + " | Accept-Encoding: gzip; Via: p",
                "gzip_proxied expired; more_set_headers 'Expires: Thu, 31 Dec 2037 23:55:55 GMT';"
                    + " | Accept-Encoding: gzip; Via: p",
                "gzip_proxied no_etag; more_set_headers 'ETag: x'; | Accept-Encoding: gzip; Via: p",
                "gzip_disable msie6; | Accept-Encoding: gzip; User-Agent: MSIE 6.0 x",
                "gzip_disable foo; | Accept-Encoding: gzip; User-Agent: a FOO b")),
        SPEC.cases(
            """
            === a short body is not worth it
            --- config
            location /t { default_type text/html; gzip on; return 200 "19 bytes are too fe"; }
            --- request
            GET /t
            --- more_headers
            Accept-Encoding: gzip
            --- response_body chop
            19 bytes are too fe
            --- response_headers
            Content-Length: 19
            === what is coded already stays
            --- config
            location /t {
              default_type text/html; gzip on;
              more_set_headers 'Content-Encoding: br'; echo 'not really brotli, but told so';
            }
            --- request
            GET /t
            --- more_headers
            Accept-Encoding: gzip
            --- response_headers
            Content-Encoding: br
            --- response_body
            not really brotli, but told so
            === a redirect stays
            --- config
            location /t { default_type text/html; gzip on; return 302 /; }
            --- request
            GET /t
            --- more_headers
            Accept-Encoding: gzip
            --- error_code: 302
            --- response_headers
            ! Content-Encoding
            === HEAD is told what GET would be
            --- user_files
            >>> a.html
            a text that is longer than twenty bytes
            --- config
            location /a { root html; types { text/html html; } gzip on; }
            --- request
            HEAD /a.html
            --- more_headers
            Accept-Encoding: gzip
            --- response_headers
            ! Content-Length
            Content-Encoding: gzip
            --- response_body:
            """));
  }

  @TestFactory
  Stream<DynamicTest> fields() {
    return SPEC.cases(
        """
        === a page that is missing is compressed as well
        --- config
        location /t {
          default_type text/html; gzip on;
          echo_status 404; echo 'a text that is longer than twenty bytes';
        }
        --- request
        GET /t
        --- more_headers
        Accept-Encoding: gzip
        --- error_code: 404
        --- response_headers
        Content-Encoding: gzip
        === length and ranges go, the entity tag becomes weak
        --- user_files
        >>> a.html
        a text that is longer than twenty bytes
        --- config
        location /a {
          root html; types { text/html html; } gzip on;
          more_set_headers 'ETag: "x"';
        }
        --- request
        GET /a.html
        --- more_headers
        Accept-Encoding: gzip
        Range: bytes=0-3
        --- response_headers
        Content-Encoding: gzip
        ETag: W/"x"
        ! Content-Length
        ! Accept-Ranges
        ! Vary
        === gzip_vary tells caches
        --- config
        location /t {
          default_type text/html; gzip on; gzip_vary on;
          echo 'a text that is longer than twenty bytes';
        }
        --- request
        GET /t
        --- response_headers
        Vary: Accept-Encoding
        ! Content-Encoding
        === it says nothing of what is never compressed
        --- config
        location /t { default_type x/y; gzip on; gzip_vary on; echo 'a long enough text, really'; }
        --- request
        GET /t
        --- response_headers
        ! Vary
        === settings that have no meaning here are checked
        --- http_config
        gzip_buffers 16 8k;
        gzip_window 4k;
        gzip_hash 128k;
        postpone_gzipping 1k;
        gzip_no_buffer on;
        gunzip_buffers 32 4k;
        --- config
        location /t { echo ok; }
        --- request
        GET /t
        --- response_body
        ok
        --- error_log
        the "gzip_buffers" directive has no effect
        === a window is a power of two
        --- http_config
        gzip_window 3k;
        --- must_die
        --- error_log
        "gzip_window" directive must be 512, 1k, 2k, 4k, 8k, 16k, or 32k in
        === a level is one digit
        --- http_config
        gzip_comp_level 10;
        --- must_die
        --- error_log
        value must be between 1 and 9 in
        === a type that is named twice is told
        --- http_config
        gzip_types text/html;
        --- config
        location /t { echo ok; }
        --- request
        GET /t
        --- error_log
        duplicate MIME type "text/html"
        """);
  }

  /** What others have compressed is expanded: the round trip shows both. */
  @TestFactory
  Stream<DynamicTest> copies() {
    return SPEC.cases(
        """
        === a copy is sent to whom takes it
        --- user_files
        >>> a.txt
        plain
        >>> a.txt.gz
        not really compressed
        --- config
        location /a { root html; gzip_static on; }
        --- request
        GET /a.txt
        --- more_headers
        Accept-Encoding: gzip
        --- response_headers
        Content-Encoding: gzip
        Content-Type: text/plain
        Content-Length: 22
        --- response_body
        not really compressed
        === and not to others, but caches are told
        --- user_files
        >>> a.txt
        plain
        >>> a.txt.gz
        not really compressed
        --- config
        location /a { root html; gzip_static on; gzip_vary on; }
        --- request
        GET /a.txt
        --- response_headers
        ! Content-Encoding
        Vary: Accept-Encoding
        --- response_body
        plain
        === always does not ask
        --- user_files
        >>> a.txt.gz
        not really compressed
        --- config
        location /a { root html; gzip_static always; gzip_vary on; }
        --- request
        GET /a.txt
        --- response_headers
        Content-Encoding: gzip
        ! Vary
        --- response_body
        not really compressed
        === without a copy the file is sent
        --- user_files
        >>> a.txt
        plain
        --- config
        location /a { root html; gzip_static always; }
        --- request
        GET /a.txt
        --- response_headers
        ! Content-Encoding
        --- response_body
        plain
        === gunzip gives up what is no gzip
        --- user_files
        >>> a.txt.gz
        not really compressed
        --- config
        location /a { root html; gzip_static always; gunzip on; }
        --- request
        GET /a.txt
        --- ignore_response
        --- error_log
        inflate() failed: no gzip header
        === gunzip leaves it to whom takes it
        --- user_files
        >>> a.txt.gz
        not really compressed
        --- config
        location /a { root html; gzip_static always; gunzip on; gzip_vary on; }
        --- request
        GET /a.txt
        --- more_headers
        Accept-Encoding: gzip
        --- response_headers
        Content-Encoding: gzip
        Vary: Accept-Encoding
        --- response_body
        not really compressed
        """);
  }
}
