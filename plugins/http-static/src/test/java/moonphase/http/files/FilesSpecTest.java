package moonphase.http.files;

import java.util.stream.Stream;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FilesSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new StaticModule(),
          new StaticHandler(),
          new IndexModule(),
          new IndexHandler(),
          new TryFilesModule(),
          new TryFilesHandler(),
          new NotModifiedModule(),
          new NotModifiedFilter(),
          new RangeModule(),
          new RangeHeaderFilter(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> files() {
    return SPEC.cases(
        """
        === a file is sent with its type and its time
        --- user_files
        >>> a.html
        <p>hello</p>
        --- config
        location /a { root html; types { text/x-html html; } }
        --- request
        GET /a.html
        --- response_headers
        Content-Type: text/x-html
        Content-Length: 13
        Accept-Ranges: bytes
        --- response_body
        <p>hello</p>
        === an empty file is an empty body
        --- user_files
        >>> empty.txt
        --- request
        GET /empty.txt
        --- response_headers
        Content-Length: 0
        --- response_body:
        === HEAD has no body
        --- user_files
        >>> a.txt
        hello
        --- request
        HEAD /a.txt
        --- response_headers
        Content-Length: 6
        --- response_body:
        === POST is not allowed
        --- user_files
        >>> a.txt
        hello
        --- request
        POST /a.txt
        --- error_code: 405
        === other methods are not allowed
        --- request
        PUT /not_there
        --- error_code: 405
        === a missing file is told
        --- request
        GET /not_there
        --- error_code: 404
        --- error_log
        [error]
        open() "
        /html/not_there" failed (2: No such file or directory)
        === log_not_found off keeps quiet
        --- config
        location /t { root html; log_not_found off; }
        --- request
        GET /t
        --- error_code: 404
        === a file is no directory
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt/b
        --- error_code: 404
        --- error_log
        /html/a.txt/b" failed (20: Not a directory)
        === a directory gets its slash
        --- user_files
        >>> a^b/c.txt
        hello
        --- request
        GET /a%5Eb?c=d
        --- more_headers
        Host: example.com
        --- error_code: 301
        --- response_headers
        Location: http://example.com:1984/a%5Eb/?c=d
        === dots do not leave the root
        --- request
        GET /../conf/nginx.conf
        --- error_code: 400
        --- ignore_response
        --- error_log_like
        .*
        === encoded dots do not leave the root
        --- request
        GET /%2e%2e/conf/nginx.conf
        --- error_code: 400
        --- error_log_like
        .*
        === an encoded slash does not leave the root
        --- request
        GET /..%2fconf%2fnginx.conf
        --- error_code: 400
        --- error_log_like
        .*
        === a rewrite does not leave the root
        --- config
        location /u { root html; rewrite ^/u/x(.*)$ /$1 break; }
        --- request
        GET /u/x../conf/nginx.conf
        --- error_code: 404
        --- error_log
        /conf/nginx.conf" failed (2: No such file or directory)
        === an alias does not leave its directory
        --- user_files
        >>> a/b.txt
        hello
        >>> secret.txt
        secret
        --- config
        location /t { alias html/a/; }
        --- request
        GET /t../secret.txt
        --- error_code: 404
        --- error_log
        /secret.txt" failed (2: No such file or directory)
        === a rewrite to a name without a slash does not leave the root
        --- user_files
        >>> dir/a.txt
        hello
        >>> dir_b.txt
        secret
        --- config
        location /t { root html/dir; rewrite ^ _b.txt break; }
        --- request
        GET /t
        --- error_code: 404
        --- error_log
        html/dir_b.txt" failed (2: No such file or directory)
        === alias replaces the location's prefix
        --- user_files
        >>> a/b.txt
        hello
        --- config
        location /t/ { alias html/a/; }
        --- request
        GET /t/b.txt
        --- response_body
        hello
        === etag off sends none
        --- user_files
        >>> a.txt
        hello
        --- config
        location /a { root html; etag off; }
        --- request
        GET /a.txt
        --- response_headers
        !ETag
        --- response_body
        hello
        """);
  }

  @TestFactory
  Stream<DynamicTest> indexes() {
    return SPEC.cases(
        """
        === the index file answers for the directory
        --- user_files
        >>> d/index.html
        index of d
        --- config
        location /d/ { root html; }
        --- request
        GET /d/
        --- response_body
        index of d
        === names are tried in order
        --- user_files
        >>> d/b.html
        b
        >>> d/c.html
        c
        --- config
        location /d/ { root html; index a.html b.html; index c.html; }
        --- request
        GET /d/
        --- response_body
        b
        === a name may hold variables
        --- user_files
        >>> d/index.x.html
        x
        --- config
        location /d/ { root html; index index.$arg_a.html; }
        --- request
        GET /d/?a=x
        --- response_body
        x
        === an absolute name is another location's
        --- config
        location /d/ { root html; index nothing.html /t; }
        location /t { return 200 "$uri?$args"; }
        --- user_files
        >>> d/other.html
        other
        --- request
        GET /d/?a=b
        --- response_body chop
        /t?a=b
        === the file's location is chosen anew
        --- user_files
        >>> d/index.html
        index
        --- config
        location /d/ { root html; }
        location = /d/index.html { return 200 "found $uri"; }
        --- request
        GET /d/
        --- response_body chop
        found /d/index.html
        === a directory without an index is forbidden
        --- user_files
        >>> d/a.html
        a
        --- config
        location /d/ { root html; }
        --- request
        GET /d/
        --- error_code: 403
        --- error_log
        directory index of "
        /html/d/" is forbidden
        === a file is no directory
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt/
        --- error_code: 404
        --- error_log
        /html/a.txt/index.html" is not found (20: Not a directory)
        === a missing directory is told
        --- config
        location /d/ { root html; }
        --- request
        GET /d/
        --- error_code: 404
        --- error_log
        /html/d/index.html" is not found (2: No such file or directory)
        === a name must not be empty
        --- config
        location /d/ { index ""; }
        --- must_die
        --- error_log
        index "" in "index" directive is invalid in
        """);
  }

  @TestFactory
  Stream<DynamicTest> tries() {
    return SPEC.cases(
        """
        === the first file there is gives the URI
        --- user_files
        >>> a.html
        a
        --- config
        location /t { root html; try_files /x.html /a.html /b.html =404; }
        --- request
        GET /t
        --- response_body
        a
        === the fallback is an internal redirect
        --- config
        location /t { root html; try_files $uri $uri/ /new?x=$uri&$args; }
        location /new { return 200 "$uri?$args"; }
        --- request
        GET /t?a=b
        --- response_body chop
        /new?x=/t&a=b
        === the fallback can be a named location
        --- config
        location /t { root html; try_files $uri @new; }
        location @new { return 200 "$uri?$args"; }
        --- request
        GET /t?a=b
        --- response_body chop
        /t?a=b
        === the fallback can be a status
        --- config
        location /t { root html; try_files $uri =410; }
        --- request
        GET /t
        --- error_code: 410
        === a directory is told from a file
        --- user_files
        >>> t/a.html
        a
        --- config
        location /t { root html; try_files $uri =404; }
        --- request
        GET /t
        --- error_code: 404
        === a directory is asked for with a slash
        --- user_files
        >>> t/index.html
        index of t
        --- config
        location /t { root html; try_files $uri $uri/ =404; }
        --- request
        GET /t/
        --- response_body
        index of t
        === alias replaces the location's prefix
        --- user_files
        >>> a/b.html
        b
        --- config
        location /t/ { alias html/a/; try_files $uri.html =404; }
        --- request
        GET /t/b
        --- response_body
        b
        === it is not inherited
        --- config
        try_files /x =410;
        location /t { return 200 ok; }
        location /u { root html; log_not_found off; }
        --- request
        GET /u
        --- error_code: 404
        === a code must be a number
        --- config
        location /t { try_files $uri =abc; }
        --- must_die
        --- error_log
        invalid code "=abc" in
        """);
  }

  @TestFactory
  Stream<DynamicTest> conditions() {
    return SPEC.cases(
        """
        === a file that did not change is not sent again
        --- user_files
        >>> a.txt
        hello
        --- config
        location /a { root html; if_modified_since before; }
        --- request
        GET /a.txt
        --- more_headers
        If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
        --- error_code: 304
        --- response_headers
        !Content-Length
        !Content-Type
        --- response_body:
        === the time must be the same unless said otherwise
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt
        --- more_headers
        If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
        --- response_body
        hello
        === any entity tag will do
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt
        --- more_headers
        If-None-Match: *
        --- error_code: 304
        === another entity tag is sent the file
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt
        --- more_headers
        If-None-Match: "a", W/"b"
        --- response_body
        hello
        === a file that changed since fails
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt
        --- more_headers
        If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT
        --- error_code: 412
        --- response_headers
        !ETag
        --- response_body_like: 412 Precondition Failed
        === another file than asked for fails
        --- user_files
        >>> a.txt
        hello
        --- request
        GET /a.txt
        --- more_headers
        If-Match: "a", "b"
        --- error_code: 412
        === other responses are asked too
        --- config
        location /t { return 200 hello; }
        --- request
        GET /t
        --- more_headers
        If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
        --- response_body chop
        hello
        """);
  }

  @TestFactory
  Stream<DynamicTest> ranges() {
    return SPEC.cases(
        """
        === a part is sent
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=2-4
        --- error_code: 206
        --- response_headers
        Content-Range: bytes 2-4/11
        Content-Length: 3
        !Accept-Ranges
        --- response_body chop
        234
        === the last bytes are sent
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=-3
        --- error_code: 206
        --- response_body
        89
        === several parts are sent as one body
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=0-1,5-6
        --- error_code: 206
        --- response_body_like: --\\d{20}\\r\\nContent-Type: text/plain\\r\\nContent-Range: bytes 0-1/11\\r\\n\\r\\n01\\r\\n--\\d{20}\\r\\nContent-Type: text/plain\\r\\nContent-Range: bytes 5-6/11\\r\\n\\r\\n56\\r\\n--\\d{20}--\\r\\n
        === what is not there cannot be sent
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=20-
        --- error_code: 416
        --- response_headers
        Content-Range: bytes */11
        === another unit is not understood
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: lines=0-1
        --- response_headers
        Accept-Ranges: bytes
        --- response_body
        0123456789
        === a changed file is sent whole
        --- user_files
        >>> a.txt
        0123456789
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=0-1
        If-Range: "other"
        --- response_body
        0123456789
        === max_ranges 0 turns parts off
        --- user_files
        >>> a.txt
        0123456789
        --- config
        location /a { root html; max_ranges 0; }
        --- request
        GET /a.txt
        --- more_headers
        Range: bytes=0-1
        --- response_headers
        !Accept-Ranges
        --- response_body
        0123456789
        === HEAD describes the part
        --- user_files
        >>> a.txt
        0123456789
        --- request
        HEAD /a.txt
        --- more_headers
        Range: bytes=0-1
        --- error_code: 206
        --- response_headers
        Content-Range: bytes 0-1/11
        --- response_body:
        """);
  }
}
