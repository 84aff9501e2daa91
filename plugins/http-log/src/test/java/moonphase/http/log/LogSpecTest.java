package moonphase.http.log;

import java.util.stream.Stream;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The access log is the error log's file, so that its lines can be asked for. */
class LogSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new LogModule(),
          new LogHandler(),
          new moonphase.echo.Echo(),
          new moonphase.echo.EchoFilter());

  @TestFactory
  Stream<DynamicTest> lines() {
    return SPEC.cases(
        """
        === the format is combined
        --- config
        location /t { access_log logs/error.log; echo hi; }
        --- request
        GET /t?a=b
        --- more_headers
        Referer: http://example.org/
        User-Agent: me "myself"
        --- error_log_like
        (?m)^127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\] "GET /t\\?a=b HTTP/1\\.1" 200 \\d+ "http://example\\.org/" "me \\\\x22myself\\\\x22"$
        === a format has a name
        --- http_config
        log_format mine '<$uri|$status|' '${request_method}|$http_x>';
        --- config
        location /t { access_log logs/error.log mine; echo hi; }
        --- request
        GET /t
        --- error_log
        </t|200|GET|->
        === values can be made safe for JSON
        --- http_config
        log_format j escape=json '{"a":"$arg_a","x":"$http_x"}';
        --- config
        location /t { access_log logs/error.log j; echo hi; }
        --- request
        GET /t?a=1"2\\
        --- error_log
        {"a":"1\\"2\\\\","x":""}
        === values can be left alone
        --- http_config
        log_format n escape=none '<$arg_a$http_x>';
        --- config
        location /t { access_log logs/error.log n; echo hi; }
        --- request
        GET /t?a="1"
        --- error_log
        <"1">
        === several logs get a line each
        --- http_config
        log_format one '<one $uri>';
        log_format two '<two $uri>';
        --- config
        location /t {
          access_log logs/error.log one;
          access_log logs/error.log two;
          echo hi;
        }
        --- request
        GET /t
        --- error_log
        <one /t>
        <two /t>
        === a level's logs replace those around it
        --- http_config
        log_format one '<one $uri>';
        log_format two '<two $uri>';
        --- config
        access_log logs/error.log one;
        location /t { access_log logs/error.log two; echo hi; }
        --- request
        GET /t
        --- no_error_log
        <one /t>
        === logs are inherited
        --- http_config
        log_format one '<one $uri>';
        --- config
        access_log logs/error.log one;
        location /t { echo hi; }
        --- request
        GET /t
        --- error_log
        <one /t>
        === off writes nothing
        --- http_config
        log_format one '<one $uri>';
        --- config
        access_log logs/error.log one;
        location /t { access_log off; echo hi; }
        --- request
        GET /t
        --- no_error_log
        <one /t>
        === a condition keeps requests out
        --- http_config
        log_format one '<one $uri>';
        log_format two '<two $uri>';
        log_format three '<three $uri>';
        --- config
        location /t {
          access_log logs/error.log one if=$arg_a;
          access_log logs/error.log two if=$arg_b;
          access_log logs/error.log three if=$arg_c;
          echo hi;
        }
        --- request
        GET /t?a=0&c=1
        --- error_log
        <three /t>
        --- no_error_log
        <one /t>
        <two /t>
        === a name can hold variables
        --- http_config
        log_format one '<one $uri>';
        --- config
        location /t { access_log logs/$arg_name.log one; echo hi; }
        --- request
        GET /t?name=error
        --- error_log
        <one /t>
        === a name with variables can stay open
        --- http_config
        log_format one '<one $uri>';
        --- config
        open_log_file_cache max=2;
        location /t { access_log logs/$arg_name.log one; echo hi; }
        --- request
        GET /t?name=error
        --- error_log
        <one /t>
        === a file with variables in its name that cannot be opened is named
        --- config
        location /t { access_log logs/$arg_name/a.log; echo hi; }
        --- request
        GET /t?name=none
        --- error_log
        /logs/none/a.log" failed (2: No such file or directory) while logging request, client:
        === a syslog server that is not there is named
        --- config
        location /t { access_log syslog:server=unix:/nonexistent/socket; echo hi; }
        --- request
        GET /t
        --- error_log
        [alert]
        connect() failed (2: No such file or directory)
        [warn]
        send() to syslog failed while logging request, client: 127.0.0.1
        === logs of one file share its buffer
        --- http_config
        log_format one '<one $uri>';
        --- config
        location /a { access_log logs/error.log one buffer=4; echo hi; }
        location /t { access_log logs/error.log one; echo hi; }
        --- request
        GET /t
        --- error_log
        <one /t>
        === a name with variables makes no file where there is no root
        --- http_config
        log_format one '<one $uri>';
        --- config
        location /t { root nowhere; access_log logs/$arg_name.log one; echo hi; }
        --- request
        GET /t?name=error
        --- error_log
        /nowhere" existence failed (2: No such file or directory)
        --- no_error_log
        <one /t>
        === a line that is larger than the buffer is written at once
        --- http_config
        log_format one '<one $uri>';
        --- config
        location /t { access_log logs/error.log one buffer=4; echo hi; }
        --- request
        GET /t
        --- error_log
        <one /t>
        === a failed request has a line too
        --- http_config
        log_format one '<one $uri $status>';
        --- config
        location /t { access_log logs/error.log one; echo_status 404; echo hi; }
        --- request
        GET /t
        --- error_code: 404
        --- error_log
        <one /t 404>
        """);
  }

  @TestFactory
  Stream<DynamicTest> mistakes() {
    return SPEC.cases(
        """
        === a format must be known
        --- config
        location /t { access_log logs/a.log nobody; }
        --- must_die
        --- error_log
        unknown log format "nobody" in
        === a format is named once
        --- http_config
        log_format a x;
        log_format a y;
        --- must_die
        --- error_log
        duplicate "log_format" name "a" in
        === combined is named already
        --- http_config
        log_format combined x;
        --- must_die
        --- error_log
        duplicate "log_format" name "combined" in
        === a way to escape must be known
        --- http_config
        log_format a escape=xml x;
        --- must_die
        --- error_log
        unknown log format escaping "xml" in
        === a variable of a format must be known
        --- http_config
        log_format a $nobody;
        --- must_die
        --- error_log
        unknown "nobody" variable
        === a parameter must be known
        --- config
        location /t { access_log logs/a.log combined size=1; }
        --- must_die
        --- error_log
        invalid parameter "size=1" in
        === a buffer has a size
        --- config
        location /t { access_log logs/a.log combined buffer=x; }
        --- must_die
        --- error_log
        invalid buffer size "x" in
        === a time needs a buffer
        --- config
        location /t { access_log logs/a.log combined flush=1s; }
        --- must_die
        --- error_log
        no buffer is defined for access_log "logs/a.log" in
        === a name with variables has no buffer
        --- config
        location /t { access_log logs/$host.log combined buffer=1k; }
        --- must_die
        --- error_log
        buffered logs cannot have variables in name in
        === a syslog server has no buffer
        --- config
        location /t { access_log syslog:server=127.0.0.1 combined buffer=1k; }
        --- must_die
        --- error_log
        logs to syslog cannot be buffered in
        === a syslog server must be named
        --- config
        location /t { access_log syslog:tag=a combined; }
        --- must_die
        --- error_log
        no syslog server specified in
        === a syslog server is named once
        --- config
        location /t { access_log syslog:server=127.0.0.1,server=127.0.0.2; }
        --- must_die
        --- error_log
        duplicate syslog "server" in
        === a syslog facility must be known
        --- config
        location /t { access_log syslog:server=127.0.0.1,facility=local8; }
        --- must_die
        --- error_log
        unknown syslog facility "local8" in
        === a syslog severity must be known
        --- config
        location /t { access_log syslog:server=127.0.0.1,severity=warning; }
        --- must_die
        --- error_log
        unknown syslog severity "warning" in
        === a syslog tag is a word
        --- config
        location /t { access_log syslog:server=127.0.0.1,tag=a-b; }
        --- must_die
        --- error_log
        syslog "tag" only allows alphanumeric characters and underscore in
        === a syslog tag is short
        --- config
        location /t { access_log syslog:server=127.0.0.1,tag=a23456789b23456789c23456789d23456; }
        --- must_die
        --- error_log
        syslog tag length exceeds 32 in
        === a syslog parameter must be known
        --- config
        location /t { access_log syslog:server=127.0.0.1,x; }
        --- must_die
        --- error_log
        unknown syslog parameter "x" in
        === a file has one buffer
        --- config
        access_log logs/a.log combined buffer=1k;
        location /t { access_log logs/a.log combined buffer=2k; }
        --- must_die
        --- error_log
        access_log "logs/a.log" already defined with conflicting parameters in
        === open files need a limit
        --- config
        open_log_file_cache inactive=1s;
        --- must_die
        --- error_log
        "open_log_file_cache" must have "max" parameter in
        === a parameter of open files must be known
        --- config
        open_log_file_cache max=1 valid=1ms;
        --- must_die
        --- error_log
        invalid "open_log_file_cache" parameter "valid=1ms" in
        === a count of open files is one that can be
        --- config
        open_log_file_cache max=4294967297;
        --- must_die
        --- error_log
        invalid "open_log_file_cache" parameter "max=4294967297" in
        === a time to write what is left has its units in order
        --- config
        location /t { access_log logs/a.log combined buffer=1k flush=1s1m; }
        --- must_die
        --- error_log
        invalid flush time "1s1m" in
        === a compression level has one digit
        --- config
        location /t { access_log logs/a.log combined gzip=10; }
        --- must_die
        --- error_log
        invalid compression level "10" in
        === off stands alone
        --- config
        location /t { access_log off combined; }
        --- must_die
        --- error_log
        invalid parameter "combined" in
        """);
  }
}
