package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for authors of plugins, built (see {@link MavenProject}) and in a server. */
class ExamplesIT {
  private static final Path EXAMPLES = Folders.DISTRIBUTION.resolve("examples");

  @TempDir static Path folder;
  private static Installation server;

  @BeforeAll
  static void start() throws IOException {
    server = new Installation(folder);
    for (String name :
        List.of(
            "api-key", "user-database", "office-hours", "geo-lua", "greeting-area", "plain-dict")) {
      new MavenProject(EXAMPLES.resolve(name)).build(server.deploy().resolve(name + ".jar"));
    }
    server.configure(
        "",
        "lua_shared_dict d 1m;",
        """
        location /api/ { api_key abcdefgh 12345678; api_key third-key; echo ok; }
        location /members/ { echo "role $http_x_role"; }
        location /open { office_hours 0 24; echo "hour $office_hour"; }
        location /never { office_hours 23 24; echo late; }
        location /geo { content_by_lua_block {
            local geo = require "geo"
            ngx.say(geo.country("192.0.2.1"), " ", geo.country("8.8.8.8")) } }
        location /greet { content_by_lua_block { ngx.say(ngx.greet("moon"), " at ", ngx.greeted) } }
        location /dict { content_by_lua_block {
            local d = ngx.shared.d
            d:set("key", "value")
            ngx.say(d:capacity() - d:free_space(), " ", d:incr("n", 2, 40), " ", d:get("key"))
            d:rpush("list", "a"); d:lpush("list", "b")
            ngx.say(d:llen("list"), d:lpop("list"), d:rpop("list"), d:get("list"))
            ngx.say(d:add("key", 1), " ", d:get("nothing"))
            d:flush_all()
            ngx.say(d:get("key"), " ", d:flush_expired(), " ", #d:get_keys()) } }
        """);
    server.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void apiKey_isAskedForWhereTheDirectiveStands() throws IOException {
    assertEquals("401", status("/api/x", ""));
    assertEquals("403", status("/api/x", "X-API-Key: wrong"));
    assertEquals("200", status("/api/x", "X-API-Key: 12345678"));
    assertEquals("200", status("/api/x", "X-API-Key: third-key"));
    assertEquals("200", status("/open", ""));
  }

  @Test
  void userDatabase_decidesOnAVirtualThread() throws IOException {
    assertEquals("403", status("/members/", ""));
    assertEquals("403", status("/members/", "X-User: nobody"));
    assertEquals("role admin\n", Client.body(ask("/members/", "X-User: anna")));
    assertEquals("role reader\n", Client.body(ask("/members/", "X-User: bert")));
  }

  @Test
  void officeHours_closeALocationAndGiveAVariable() throws IOException {
    String open = server.body("/open");
    assertTrue(open.matches("hour \\d+\n"), open);
    boolean isLate = open.equals("hour 23\n");
    assertEquals(isLate ? "200" : "403", status("/never", ""));
  }

  @Test
  void geo_isLuaOrJava() throws IOException {
    assertEquals("Neverland nil\n", server.body("/geo"));
    Files.delete(server.deploy().resolve("geo-lua.jar"));
    Command.await("departure", () -> server.get("/geo").startsWith("HTTP/1.1 500"));
    new MavenProject(EXAMPLES.resolve("geo-java")).build(server.deploy().resolve("geo-java.jar"));
    Command.await("arrival", () -> server.body("/geo").equals("Neverland nil\n"));
  }

  @Test
  void greetingArea_isPartOfNgx() {
    assertEquals("hello moon at /greet\n", server.body("/greet"));
  }

  @Test
  void plainDict_servesSharedDict() {
    assertEquals("8 42 value\n2banil\nfalse nil\nnil 2 0\n", server.body("/dict"));
  }

  private static String status(String target, String field) throws IOException {
    return ask(target, field).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
  }

  private static String ask(String target, String field) throws IOException {
    Client client = server.client();
    try (SocketChannel channel = client.send(target, field)) {
      return client.answer(channel);
    }
  }
}
