package moonphase.phase.rewrite;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.echo.EchoFilter;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxArg;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxControl;
import moonphase.ngx.NgxCtx;
import moonphase.ngx.NgxLog;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxRequestLine;
import moonphase.ngx.NgxResponseHeaders;
import moonphase.ngx.NgxSleep;
import moonphase.ngx.NgxVar;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RewriteByLuaSpecTest {
  private static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxArg(),
                new NgxConst(),
                new NgxControl(),
                new NgxCtx(),
                new NgxLog(),
                new NgxOutput(),
                new NgxRequestLine(),
                new NgxResponseHeaders(),
                new NgxSleep(),
                new NgxVar()),
            List.of());
    return List.of(
        lua,
        new LuaModule(),
        new RewriteByLua(lua),
        new ServerRewriteByLua(lua),
        new Echo(),
        new EchoFilter());
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with(
            (Supplier<List<Object>>) RewriteByLuaSpecTest::services,
            (Supplier<List<Object>>) RewriteByLuaSpecTest::rewrite)
        .cases(
            """
            === ngx.ctx does not follow to another location
            --- config
            location /t { rewrite_by_lua_block { ngx.ctx.foo = 32 ngx.req.set_uri("/f", true) } }
            location /f { rewrite_by_lua_block { ngx.say(ngx.ctx.foo) } }
            --- request
            GET /t
            --- response_body
            nil
            === a script that ends lets the request go on
            --- config
            location /t {
              set $a 1;
              rewrite_by_lua_block { ngx.var.a = ngx.var.a + 1 }
              echo $a; }
            --- request
            GET /t
            --- response_body
            2
            === it runs after nginx's rewrite directives
            --- config
            location /t {
              rewrite_by_lua_block { ngx.var.a = ngx.var.a .. "b" }
              set $a a;
              echo $a; }
            --- request
            GET /t
            --- response_body
            ab
            === ngx.exit(status) ends the request
            --- config
            location /t { rewrite_by_lua_block { ngx.exit(404) } echo never; }
            --- request
            GET /t
            --- error_code: 404
            --- ignore_response
            === ngx.exit(ngx.OK) ends only the script
            --- config
            location /t { rewrite_by_lua_block { ngx.exit(ngx.OK) } echo on; }
            --- request
            GET /t
            --- response_body
            on
            === output ends the request
            --- config
            location /t { rewrite_by_lua_block { ngx.say("lua") } echo never; }
            --- request
            GET /t
            --- response_body
            lua
            === set_uri with a jump chooses the location again
            --- config
            location /t { rewrite_by_lua_block { ngx.req.set_uri("/x", true) } echo never; }
            location /x { echo "at $uri"; }
            --- request
            GET /t
            --- response_body
            at /x
            === set_uri without a jump stays
            --- config
            location /t { rewrite_by_lua_block { ngx.req.set_uri("/x") } echo "at $uri"; }
            location /x { echo never; }
            --- request
            GET /t
            --- response_body
            at /x
            === a waiting script goes on
            --- config
            location /t { set $a 1; rewrite_by_lua_block { ngx.sleep(3) ngx.var.a = 2 } echo $a; }
            --- request
            GET /t
            --- response_body
            2
            === server_rewrite_by_lua runs before the server's set
            --- config
            server_rewrite_by_lua_block { ngx.req.set_uri_args("a=" .. ngx.get_phase()) }
            set $b $arg_a;
            location /t { echo $b; }
            --- request
            GET /t
            --- response_body
            server_rewrite
            === set_by_lua runs in order
            --- config
            location /t {
              set $a 1;
              set_by_lua_block $b { return ngx.var.a + 1 }
              set $c $b$b;
              echo $c; }
            --- request
            GET /t
            --- response_body
            22
            === set_by_lua has arguments
            --- config
            location /t {
              set $a 1;
              set_by_lua $b "local x, y = ... return ngx.arg[1] .. y" $a two;
              echo $b; }
            --- request
            GET /t
            --- response_body
            1two
            === a failing set_by_lua is a 500
            --- config
            location /t { set_by_lua_block $b { ngx.say("x") } echo $b; }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            failed to run set_by_lua*: set_by_lua(nginx.conf:
            API disabled in the context of set_by_lua*
            """);
  }

  private static List<Object> rewrite() {
    return List.of(
        new moonphase.http.rewrite.RewriteModule(),
        new moonphase.http.rewrite.ServerRewriteHandler(),
        new moonphase.http.rewrite.LocationRewriteHandler());
  }
}
