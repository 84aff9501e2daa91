package moonphase.phase.filter;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxArg;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxControl;
import moonphase.ngx.NgxLog;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxResponseHeaders;
import moonphase.phase.content.ContentByLua;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FilterByLuaSpecTest {
  private static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxArg(),
                new NgxConst(),
                new NgxControl(),
                new NgxLog(),
                new NgxOutput(),
                new NgxResponseHeaders()),
            List.of());
    return List.of(lua, new LuaModule(), new FilterByLua(lua), new ContentByLua(lua));
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) FilterByLuaSpecTest::services)
        .cases(
            """
            === a header filter changes the header
            --- config
            location /t {
              content_by_lua_block { ngx.header.a = "1" ngx.say("hi") }
              header_filter_by_lua_block { ngx.header.b = ngx.header.a .. "2" } }
            --- request
            GET /t
            --- response_headers
            b: 12
            --- response_body
            hi
            === a header filter may answer another status
            --- config
            location /t {
              content_by_lua_block { ngx.say("hi") }
              header_filter_by_lua_block { ngx.exit(502) } }
            --- request
            GET /t
            --- error_code: 502
            --- ignore_response
            === a header filter may answer a status that closes connections elsewhere
            --- config
            location /t {
              content_by_lua_block { ngx.say("hi") }
              header_filter_by_lua_block { ngx.exit(444) } }
            --- request
            GET /t
            --- error_code: 444
            --- ignore_response
            === debug lines of filters are those of what the configuration uses
            --- config
            location /t { content_by_lua_block { ngx.say("hi") } }
            --- request
            GET /t
            --- response_body
            hi
            --- error_log
            lua capture header filter, uri "/t"
            lua capture body filter, uri "/t"
            lua content handler, uri:"/t"
            --- no_error_log
            lua header filter for user lua code
            lua body filter for user lua code
            === debug lines of a filter are written wherever requests go
            --- config
            location /t { content_by_lua_block { ngx.say("hi") } }
            location /other { body_filter_by_lua_block { ngx.arg[1] = "" } }
            --- request
            GET /t
            --- response_body
            hi
            --- error_log
            lua header filter for user lua code, uri "/t"
            lua body filter for user lua code, uri "/t"
            === a failing body filter is asked again for the next piece
            --- config
            location /t {
              content_by_lua_block { ngx.print("a") ngx.print("b") }
              body_filter_by_lua_block {
                if ngx.arg[1] == "a" then error("no a") end } }
            --- request
            GET /t
            --- response_body chop
            b
            --- error_log
            no a
            === a failing header filter closes the connection
            --- config
            location /t {
              content_by_lua_block { ngx.say("hi") }
              header_filter_by_lua_block { local a = nil + 1 } }
            --- request
            GET /t
            --- error_code:
            --- ignore_response
            --- error_log
            failed to run header_filter_by_lua*: header_filter_by_lua(nginx.conf:
            === a body filter changes the pieces
            --- config
            location /t {
              content_by_lua_block { ngx.print("ab") ngx.print("cd") }
              body_filter_by_lua_block {
                if ngx.arg[1] ~= "" then ngx.arg[1] = "<" .. ngx.arg[1] .. ">" end
                if ngx.arg[2] then ngx.arg[1] = {ngx.arg[1], "!"} end } }
            --- request
            GET /t
            --- response_body chop
            <ab><cd>!
            === a body filter ends the body
            --- config
            location /t {
              content_by_lua_block { ngx.print("ab") ngx.print("cd") }
              body_filter_by_lua_block { ngx.arg[2] = true } }
            --- request
            GET /t
            --- response_body chop
            ab
            === a body filter drops pieces
            --- config
            location /t {
              content_by_lua_block { ngx.print("ab") ngx.print("cd") }
              body_filter_by_lua_block { if ngx.arg[1] == "ab" then ngx.arg[1] = nil end } }
            --- request
            GET /t
            --- response_body chop
            cd
            """);
  }
}
