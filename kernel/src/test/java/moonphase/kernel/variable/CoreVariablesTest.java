package moonphase.kernel.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import moonphase.spi.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreVariablesTest {
  private final FakeExchange exchange =
      new FakeExchange(new VariableTable(CoreVariables.ALL), "/a/b?x=1&Long=two&x=3&y&=z&e=");

  private @Nullable String get(String name) {
    return exchange.variables().get(name);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "NONE",
      delimiter = '|',
      value = {
        "uri|/a/b",
        "document_uri|/a/b",
        "request_uri|/a/b?x=1&Long=two&x=3&y&=z&e=",
        "request|GET /a/b?x=1&Long=two&x=3&y&=z&e= HTTP/1.1",
        "request_method|GET",
        "server_protocol|HTTP/1.1",
        "args|x=1&Long=two&x=3&y&=z&e=",
        "query_string|x=1&Long=two&x=3&y&=z&e=",
        "is_args|?",
        "arg_x|1",
        "arg_long|two",
        "arg_y|NONE",
        "arg_e|''",
        "arg_|NONE",
        "arg_no|NONE",
        "host|first.test",
        "server_name|first.test",
        "remote_addr|127.0.0.1",
        "remote_port|4711",
        "server_addr|127.0.0.2",
        "server_port|8080",
        "scheme|http",
        "connection|7",
        "connection_requests|2",
        "pid|57",
        "pipe|.",
        "bytes_sent|300",
        "body_bytes_sent|200",
        "request_length|100",
        "request_completion|OK",
        "status|000",
        "nginx_version|1.22.1",
        "msec|1000000000.000",
        "request_time|0.000",
        "request_filename|/root/a/b",
        "remote_user|NONE",
        "content_length|NONE",
        "http_host|NONE",
        "cookie_a|NONE",
        "sent_http_connection|keep-alive",
        "no_such|NONE"
      })
  void variable_shows_the_request(String name, @Nullable String value) {
    assertEquals(value, get(name));
  }

  @Test
  void request_field_is_found_by_its_name_with_dashes_as_underscores() {
    exchange.fields.add("X-My-Field", "1");
    exchange.fields.add("x-my-field", "2");
    exchange.fields.add("Host", "h:1");
    assertEquals("1", get("http_x_my_field"));
    assertEquals("h:1", get("http_host"));
  }

  @Test
  void some_request_fields_are_put_together() {
    exchange.fields.add("Cookie", "a=1; b=2");
    exchange.fields.add("Cookie", "c=3");
    exchange.fields.add("X-Forwarded-For", "1.1.1.1");
    exchange.fields.add("X-Forwarded-For", "2.2.2.2");
    assertEquals("a=1; b=2; c=3", get("http_cookie"));
    assertEquals("1.1.1.1, 2.2.2.2", get("http_x_forwarded_for"));
  }

  @Test
  void cookie_is_found_among_others_in_any_case() {
    exchange.fields.add("Cookie", "aa=0; a=1;b = 2");
    exchange.fields.add("Cookie", "C=3; a=9");
    assertEquals("1", get("cookie_a"));
    assertEquals("2", get("cookie_b"));
    assertEquals("3", get("cookie_c"));
    assertNull(get("cookie_d"));
  }

  @Test
  void response_field_is_shown_as_it_stands() {
    exchange.sent.add("X-Answer", "42");
    exchange.sent.add("Cache-Control", "private");
    exchange.sent.add("Cache-Control", "max-age=1");
    assertEquals("42", get("sent_http_x_answer"));
    assertEquals("private, max-age=1", get("sent_http_cache_control"));
    assertNull(get("sent_http_transfer_encoding"));
    exchange.headerSent = true;
    assertEquals("chunked", get("sent_http_transfer_encoding"));
    exchange.sent.set("Content-Length", "5");
    assertNull(get("sent_http_transfer_encoding"));
    assertEquals("5", get("sent_http_content_length"));
  }

  @Test
  void args_can_be_set_and_change_what_hangs_on_them() {
    assertEquals(Variables.Outcome.SET, exchange.variables().set("args", "x=new"));
    assertEquals("new", get("arg_x"));
    exchange.variables().set("args", null);
    assertNull(get("args"));
    assertEquals("", get("is_args"));
  }

  @Test
  void other_variables_of_the_core_cannot_be_set() {
    assertEquals(Variables.Outcome.READ_ONLY, exchange.variables().set("uri", "/"));
    assertEquals(Variables.Outcome.READ_ONLY, exchange.variables().set("query_string", "/"));
    assertEquals(Variables.Outcome.UNKNOWN, exchange.variables().set("arg_x", "/"));
    assertEquals(Variables.Outcome.UNKNOWN, exchange.variables().set("nothing", "/"));
  }

  @Test
  void user_is_read_from_basic_authorization_only() {
    exchange.fields.set("Authorization", "basic am9lOnNlY3JldA==");
    assertEquals("joe", get("remote_user"));
    exchange.fields.set("Authorization", "Basic ???");
    assertNull(get("remote_user"));
    exchange.fields.set("Authorization", "Bearer am9lOnNlY3JldA==");
    assertNull(get("remote_user"));
  }

  @Test
  void body_is_shown_from_where_it_lies() {
    exchange.body = "b\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    exchange.fields.add("Transfer-Encoding", "chunked");
    assertEquals("b\u00e9", get("request_body"));
    assertEquals("2", get("content_length"));
    exchange.bodyFile = Path.of("/tmp/0001");
    assertEquals("/tmp/0001", get("request_body_file"));
  }

  @Test
  void binary_address_is_four_chars() {
    assertEquals("\u007f\0\0\1", get("binary_remote_addr"));
  }

  @Test
  void client_of_a_unix_socket_has_no_port() {
    exchange.connection.remote = UnixDomainSocketAddress.of("/x");
    assertEquals("unix:", get("remote_addr"));
    assertEquals("", get("remote_port"));
  }

  @Test
  void times_are_written_as_nginx_writes_them() {
    exchange.connection.now += 1_234;
    assertEquals("1.234", get("request_time"));
    assertEquals("1000000001.234", get("msec"));
    assertTrue(
        String.valueOf(get("time_local")).matches("\\d\\d/Sep/2001:\\d\\d:46:41 [+-]\\d{4}"));
    assertTrue(
        String.valueOf(get("time_iso8601"))
            .matches("2001-09-\\d\\dT\\d\\d:46:41[+-]\\d\\d:\\d\\d"));
  }

  @Test
  void request_id_is_kept_for_the_request() {
    VariableTable table = new VariableTable(CoreVariables.ALL);
    table.reference("request_id");
    table.resolve();
    FakeExchange asked = new FakeExchange(table, "/");
    String id = String.valueOf(asked.variables().get("request_id"));
    assertTrue(id.matches("[0-9a-f]{32}"), id);
    assertEquals(id, asked.variables().get("request_id"));
    assertTrue(!id.equals(new FakeExchange(table, "/").variables().get("request_id")));
  }
}
