package moonphase.phase.access;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.http.access.AccessHandler;
import moonphase.http.access.AccessModule;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxControl;
import moonphase.ngx.NgxCtx;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxSleep;
import moonphase.phase.content.ContentByLua;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AccessByLuaSpecTest {
  private static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(), new NgxControl(), new NgxCtx(), new NgxOutput(), new NgxSleep()),
            List.of());
    return List.of(
        lua,
        new LuaModule(),
        new AccessModule(),
        new AccessHandler(),
        new AccessByLua(lua),
        new ContentByLua(lua));
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) AccessByLuaSpecTest::services)
        .cases(
            """
            === a script that ends lets the request through
            --- config
            location /t {
              access_by_lua_block { ngx.ctx.who = "me" }
              content_by_lua_block { ngx.say(ngx.ctx.who) } }
            --- request
            GET /t
            --- response_body
            me
            === ngx.exit(ngx.HTTP_FORBIDDEN) refuses
            --- config
            location /t {
              access_by_lua_block { ngx.exit(ngx.HTTP_FORBIDDEN) }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 403
            --- ignore_response
            === ngx.exit(200) ends the request
            --- config
            location /t {
              access_by_lua_block { ngx.exit(200) }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- response_body:
            === ngx.exit(ngx.OK) ends only the script
            --- config
            location /t {
              access_by_lua_block { ngx.exit(ngx.OK) }
              content_by_lua_block { ngx.say("content") } }
            --- request
            GET /t
            --- response_body
            content
            === output ends the request
            --- config
            location /t {
              access_by_lua_block { ngx.say("access") }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- response_body
            access
            === satisfy any is satisfied by a script that ends
            --- config
            location /t {
              satisfy any; deny all;
              access_by_lua_block { ngx.exit(0) }
              content_by_lua_block { ngx.say("hi") } }
            --- request
            GET /t
            --- response_body
            hi
            === satisfy any is not satisfied by ngx.DECLINED
            --- config
            location /t {
              satisfy any; deny all;
              access_by_lua_block { ngx.exit(ngx.DECLINED) }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 403
            --- ignore_response
            --- error_log
            access forbidden by rule
            === satisfy all needs nginx's rules too
            --- config
            location /t {
              deny all;
              access_by_lua_block { ngx.exit(0) }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 403
            --- ignore_response
            --- error_log
            access forbidden by rule
            === a waiting script holds the request back
            --- config
            location /t {
              access_by_lua_block { ngx.sleep(5) ngx.exit(401) }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 401
            --- ignore_response
            === a failing script is a 500
            --- config
            location /t {
              access_by_lua_block { local x = nil + 1 }
              content_by_lua_block { ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            lua entry thread aborted: runtime error: access_by_lua(nginx.conf:
            === the server's script is inherited, and replaced
            --- config
            access_by_lua_block { ngx.exit(404) }
            location /a { content_by_lua_block { ngx.say("never") } }
            location /t {
              access_by_lua_block { ngx.ctx.a = 1 }
              content_by_lua_block { ngx.say("t") } }
            --- request
            GET /t
            --- response_body
            t
            === two scripts in one block are refused
            --- config
            location /t {
              access_by_lua_block { }
              access_by_lua 'ngx.exit(403)'; }
            --- must_die
            --- error_log
            "access_by_lua" directive is duplicate
            """);
  }
}
