package moonphase.http.autoindex;

import java.util.stream.Stream;
import moonphase.http.files.IndexHandler;
import moonphase.http.files.IndexModule;
import moonphase.http.files.StaticHandler;
import moonphase.http.files.StaticModule;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AutoindexSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new AutoindexModule(),
          new AutoindexHandler(),
          new IndexModule(),
          new IndexHandler(),
          new StaticModule(),
          new StaticHandler(),
          new RewriteModule(),
          new ServerRewriteHandler(),
          new LocationRewriteHandler(),
          new Pcre2Engine());

  @TestFactory
  Stream<DynamicTest> directories() {
    return SPEC.cases(
        """
        === a directory without index file is listed, hidden files left out
        --- user_files
        >>> d/b.txt
        hello
        >>> d/a/x
        >>> d/.hidden
        --- config
        location /d/ { root html; autoindex on; }
        --- request
        GET /d/
        --- response_headers
        Content-Type: text/html
        --- response_body_like
        \\A<html>\\r
        <head><title>Index of /d/</title></head>\\r
        <body>\\r
        <h1>Index of /d/</h1><hr><pre><a href="\\.\\./">\\.\\./</a>\\r
        <a href="a/">a/</a> {49}\\d\\d-\\w{3}-\\d{4} \\d\\d:\\d\\d {19}-\\r
        <a href="b\\.txt">b\\.txt</a> {46}\\d\\d-\\w{3}-\\d{4} \\d\\d:\\d\\d {19}6\\r
        </pre><hr></body>\\r
        </html>\\r
        \\z
        === an index file goes first
        --- user_files
        >>> d/index.html
        index
        --- config
        location /d/ { root html; autoindex on; }
        --- request
        GET /d/
        --- response_body
        index
        === without autoindex it is forbidden
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; }
        --- request
        GET /d/
        --- error_code: 403
        --- error_log
        /html/d/" is forbidden
        === another method is not answered
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; }
        --- request
        DELETE /d/
        --- error_code: 405
        === HEAD has no body
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; autoindex_format json; }
        --- request
        HEAD /d/
        --- response_headers
        Content-Type: application/json
        --- response_body:
        === jsonp calls back
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; autoindex_format jsonp; }
        --- request
        GET /d/?callback=a.b_1
        --- response_headers
        Content-Type: application/javascript
        --- response_body_like: \\A/\\* callback \\*/\\r\\na\\.b_1\\(\\[\\r\\n\\{ "name":"x", .* \\}\\r\\n\\]\\);\\z
        === jsonp without name is json
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; autoindex_format jsonp; }
        --- request
        GET /d/
        --- response_headers
        Content-Type: application/json
        === jsonp calls back nothing but names
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; autoindex_format jsonp; }
        --- request
        GET /d/?callback=alert(1)
        --- error_code: 400
        --- error_log
        client sent invalid callback name: "alert(1)"
        === xml tells its charset
        --- user_files
        >>> d/x
        --- config
        location /d/ { root html; autoindex on; autoindex_format xml; }
        --- request
        GET /d/
        --- response_headers
        Content-Type: text/xml; charset=utf-8
        --- response_body_like: <file mtime="\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ" size="0">x</file>
        === a rewrite does not list what is outside
        --- config
        location /d/ { root html; autoindex on; rewrite ^ /../conf/ break; }
        --- request
        GET /d/
        --- error_code: 404
        --- error_log
        /html/../conf
        === formats are four
        --- config
        autoindex_format yaml;
        --- must_die
        --- error_log
        invalid value "yaml" in
        """);
  }
}
