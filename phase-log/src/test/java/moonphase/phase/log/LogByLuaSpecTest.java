package moonphase.phase.log;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxCtx;
import moonphase.ngx.NgxLog;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxResponseHeaders;
import moonphase.ngx.NgxSleep;
import moonphase.ngx.NgxVar;
import moonphase.phase.content.ContentByLua;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LogByLuaSpecTest {
  private static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(),
                new NgxCtx(),
                new NgxLog(),
                new NgxOutput(),
                new NgxResponseHeaders(),
                new NgxSleep(),
                new NgxVar()),
            List.of());
    return List.of(lua, new LuaModule(), new LogByLua(lua), new ContentByLua(lua));
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) LogByLuaSpecTest::services)
        .cases(
            """
            === a script runs after the response and sees it
            --- config
            location /t {
              content_by_lua_block { ngx.ctx.a = "kept" ngx.say("hi") }
              log_by_lua_block { ngx.log(ngx.WARN, ngx.status, " ", ngx.ctx.a) } }
            --- request
            GET /t
            --- response_body
            hi
            --- error_log
            log_by_lua(nginx.conf:11):1: 200 kept
            === it may not produce output
            --- config
            location /t {
              content_by_lua_block { ngx.say("hi") }
              log_by_lua_block { ngx.say("more") } }
            --- request
            GET /t
            --- response_body
            hi
            --- error_log
            failed to run log_by_lua*: log_by_lua(nginx.conf:
            API disabled in the context of log_by_lua*
            === it may not wait
            --- config
            location /t {
              content_by_lua_block { ngx.say("hi") }
              log_by_lua_block { ngx.sleep(1) } }
            --- request
            GET /t
            --- response_body
            hi
            --- error_log
            API disabled in the context of log_by_lua*
            """);
  }
}
