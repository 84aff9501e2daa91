package moonphase.kernel.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualServersTest {
  @TempDir Path prefix;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',first",
    "nobody,first",
    "example.com,example.com",
    "a.example.com,*.example.com",
    "b.a.example.com,*.a.example.com",
    "c.b.a.example.com,*.a.example.com",
    "www.example.com,www.example.com",
    "www.example.org,www.example.*",
    "www.example.co.uk,www.example.*",
    "x.www.example.org,first",
    "dot.net,dot.net",
    "a.dot.net,dot.net",
    "a.b.dot.net,dot.net",
    "adot.net,first",
    "web7.test,~^web(?<number>\\d+)\\.test$",
    "web77.test,~^web(?<number>\\d+)\\.test$",
    "MAIL.test,~^MAIL",
    "mail.test,~^MAIL"
  })
  void server_is_found_by_text_then_wildcards_then_expressions(String host, String name) {
    VirtualServers servers =
        Conf.http(
                prefix,
                """
                server { listen 8080; server_name first; }
                server { listen 8080; server_name example.com; }
                server { listen 8080; server_name *.example.com; }
                server { listen 8080; server_name *.a.example.com; }
                server { listen 8080; server_name www.example.com; }
                server { listen 8080; server_name www.example.*; }
                server { listen 8080; server_name .dot.net; }
                server { listen 8080; server_name ~^web(?<number>\\d+)\\.test$; }
                server { listen 8080; server_name ~^MAIL; }
                """)
            .read()
            .listens()
            .get(0)
            .servers();
    assertEquals(name, servers.find(host).server().name());
  }

  @Test
  void expression_gives_its_captures() {
    VirtualServers servers =
        Conf.http(prefix, "server { listen 8080; server_name ~^(?<who>\\w+)\\.test$; }")
            .read()
            .listens()
            .get(0)
            .servers();
    RegexMatch match = servers.find("joe.test").match();
    assertNotNull(match);
    assertEquals("joe", match.captures().group(1));
    assertNull(servers.find("joe.best").match());
  }

  @Test
  void default_server_goes_before_the_first_one() {
    Listen listen =
        Conf.http(
                prefix,
                """
                server { listen 8080; server_name a; }
                server { listen 8080 default_server; server_name b; }
                """)
            .read()
            .listens()
            .get(0);
    assertEquals("b", listen.servers().defaultServer().name());
  }

  @Test
  void name_that_another_server_has_is_ignored_with_a_warning() {
    Conf conf =
        Conf.http(
            prefix,
            """
            server { listen 8080; server_name a; }
            server { listen 8080; server_name a b; }
            server { listen 8080; }
            server { listen 8080; }
            """);
    VirtualServers servers = conf.read().listens().get(0).servers();
    assertEquals(
        List.of(
            "conflicting server name \"a\" on 0.0.0.0:8080, ignored",
            "conflicting server name \"\" on 0.0.0.0:8080, ignored"),
        conf.warnings);
    assertEquals(List.of(), servers.find("a").server().block().children());
    assertEquals("a", servers.find("b").server().name());
  }

  @Test
  void address_without_options_shares_the_socket_of_all_addresses() {
    List<Listen> listens =
        Conf.http(
                prefix,
                """
                server { listen 8080; server_name all; }
                server { listen 127.0.0.1:8080; server_name local; }
                server { listen 127.0.0.1:8081; server_name other; }
                server { listen 127.0.0.2:8080 bind; server_name bound; }
                server { listen unix:/x.sock; server_name unix; }
                server { listen [::1]:8080; server_name six; }
                """)
            .read()
            .listens();
    assertEquals(
        List.of("0.0.0.0:8080", "127.0.0.1:8081", "127.0.0.2:8080", "unix:/x.sock", "[::1]:8080"),
        listens.stream().map(listen -> listen.address().text()).toList());
    Listen all = listens.get(0);
    assertEquals(
        "local", all.servers(new InetSocketAddress("127.0.0.1", 8080)).defaultServer().name());
    assertEquals(
        "all", all.servers(new InetSocketAddress("10.0.0.1", 8080)).defaultServer().name());
  }

  @Test
  void options_of_a_socket_are_passed_on() {
    Listen listen =
        Conf.http(
                prefix,
                """
                client_header_buffer_size 2k;
                server {
                  listen [::]:8080 backlog=7 ipv6only=off reuseport so_keepalive=on deferred;
                  client_header_timeout 5s;
                  large_client_header_buffers 2 4k;
                  underscores_in_headers on;
                }
                """)
            .read()
            .listens()
            .get(0);
    assertEquals("::", listen.address().host());
    assertEquals(7, listen.address().backlog());
    assertEquals(1, listen.address().options().keepAlive());
    assertEquals(true, listen.address().isReusePort());
    assertEquals(false, listen.address().isIpv6Only());
    assertEquals(2048, listen.address().limits().headerBufferSize());
    assertEquals(5000, listen.address().limits().headerTimeoutMillis());
    assertEquals(2, listen.address().limits().largeHeaderCount());
    assertEquals(true, listen.address().limits().isAllowingUnderscores());
  }
}
