package moonphase.phase.content;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxControl;
import moonphase.ngx.NgxCtx;
import moonphase.ngx.NgxLog;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxResponseHeaders;
import moonphase.ngx.NgxSleep;
import moonphase.ngx.NgxVar;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContentByLuaSpecTest {
  private static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(),
                new NgxControl(),
                new NgxCtx(),
                new NgxLog(),
                new NgxOutput(),
                new NgxResponseHeaders(),
                new NgxSleep(),
                new NgxVar()),
            List.of());
    return List.of(lua, new LuaModule(), new ContentByLua(lua), new PrecontentByLua(lua));
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) ContentByLuaSpecTest::services)
        .cases(
            """
            === ngx.say writes a line
            --- config
            location /t { content_by_lua_block { ngx.say("hello") } }
            --- request
            GET /t
            --- response_body
            hello
            === the quoted form is Lua too
            --- config
            location /t { content_by_lua 'ngx.say("a", 1, true, nil, ngx.null, {"b", {2}})'; }
            --- request
            GET /t
            --- response_body
            a1truenilnullb2
            === ngx.print writes no line end
            --- config
            location /t { content_by_lua_block { ngx.print("a") ngx.print("b") } }
            --- request
            GET /t
            --- response_body chop
            ab
            === a script without output sends an empty body
            --- config
            location /t { content_by_lua_block { local a = 1 } }
            --- request
            GET /t
            --- response_body:
            === the status is set before output
            --- config
            location /t { content_by_lua_block { ngx.status = 201 ngx.say("made") } }
            --- request
            GET /t
            --- error_code: 201
            --- response_body
            made
            === ngx.exit ends the script
            --- config
            location /t { content_by_lua_block { ngx.exit(403) ngx.say("never") } }
            --- request
            GET /t
            --- error_code: 403
            --- response_body_like: 403 Forbidden
            === ngx.exit(ngx.OK) ends it with what was said
            --- config
            location /t { content_by_lua_block { ngx.say("a") ngx.exit(ngx.OK) ngx.say("b") } }
            --- request
            GET /t
            --- response_body
            a
            === ngx.exit after output cannot change the status
            --- config
            location /t { content_by_lua_block { ngx.say("a") ngx.exit(503) } }
            --- request
            GET /t
            --- response_body
            a
            --- error_log
            attempt to set status 503 via ngx.exit after sending out the response status 200
            === a runtime error is a 500 and one line with a traceback
            --- config
            location /t { content_by_lua_block { local a = nil + 1 } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            lua entry thread aborted: runtime error: content_by_lua(
            stack traceback:
            coroutine 0:
            === a syntax error is a 500
            --- config
            location /t { content_by_lua 'local = 1'; }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            failed to load inlined Lua code: content_by_lua(nginx.conf:
            === a sleeping script goes on
            --- config
            location /t { content_by_lua_block { ngx.sleep(1.5) ngx.say("woke") } }
            --- request
            GET /t
            --- log_level: debug
            --- response_body
            woke
            --- error_log
            lua ready to sleep for 1500 ms
            lua sleep timer expired: "/t?"
            === ngx.redirect sets Location
            --- config
            location /t { content_by_lua_block { ngx.redirect("/x", 301) } }
            --- request
            GET /t
            --- error_code: 301
            --- ignore_response
            --- response_headers
            Location: /x
            === ngx.exec leads to another location and forgets ngx.ctx
            --- config
            location /t { content_by_lua_block { ngx.ctx.a = 1 ngx.exec("/x?b=2", {c = 3}) } }
            location /x { content_by_lua_block { ngx.say(ngx.var.args, " ", ngx.ctx.a) } }
            --- request
            GET /t
            --- response_body
            b=2&c=3 nil
            === ngx.exec leads to a named location
            --- config
            location /t { content_by_lua_block { ngx.exec("@x") } }
            location @x { content_by_lua_block { ngx.say("at ", ngx.var.uri) } }
            --- request
            GET /t
            --- response_body
            at /t
            === ngx.log names file and line
            --- config
            location /t { content_by_lua_block {
              ngx.log(ngx.WARN, "a", 1)
              local function f() ngx.log(ngx.ERR, "in f") end
              f()
              ngx.say("ok") } }
            --- request
            GET /t
            --- response_body
            ok
            --- error_log
            :2: a1
            :3: f(): in f
            === a header is set, and read back
            --- config
            location /t { content_by_lua_block {
              ngx.header.x_one = "a"
              ngx.header["X-Two"] = {"b", "c"}
              ngx.header.content_type = "text/x-lua"
              ngx.say(ngx.header["X-One"], ngx.header.x_two[2]) } }
            --- request
            GET /t
            --- response_headers
            X-One: a
            Content-Type: text/x-lua
            --- response_body
            ac
            === a missing file is a 404
            --- config
            location /t { content_by_lua_file html/none.lua; }
            --- request
            GET /t
            --- error_code: 404
            --- ignore_response
            --- error_log
            failed to load external Lua file "
            none.lua: No such file or directory
            === a file is loaded by its name
            --- user_files
            >>> a.lua
            ngx.say("from file ", ngx.var.arg_x)
            --- config
            location /t { content_by_lua_file html/$arg_f.lua; }
            --- request
            GET /t?f=a&x=1
            --- response_body
            from file 1
            === an API that is not for a context says so
            --- config
            location /t { content_by_lua_block { ngx.say(ngx.get_phase()) ngx.req.x() } }
            --- request
            GET /t
            --- response_body
            content
            --- error_log
            attempt to index field 'req' (a nil value)
            === with lua_code_cache off each request has a VM of its own
            --- config
            lua_code_cache off;
            location /t { content_by_lua_block { a = (a or 0) + 1 ngx.say(a) } }
            --- request
            GET /t
            --- response_body
            1
            --- error_log
            writing a global Lua variable ('a')
            === globals are the VM's, and new ones are warned of
            --- config
            location /t { content_by_lua_block { if not foo then foo = 1 end ngx.say(foo) } }
            --- request
            GET /t
            --- response_body
            1
            === lua_isolate_globals gives each script its own globals
            --- config
            lua_isolate_globals on;
            location /t { content_by_lua_block { a = (a or 0) + 1 ngx.say(a) } }
            --- request
            GET /t
            --- response_body
            1
            === HEAD has no body
            --- config
            location /t { content_by_lua_block { ngx.say("a") } }
            --- request
            HEAD /t
            --- response_body:
            === HTTP/1.0 gets a length
            --- config
            location /t { content_by_lua_block { ngx.say("a") ngx.say("b") } }
            --- request
            GET /t HTTP/1.0
            --- response_headers
            Content-Length: 4
            --- response_body
            a
            b
            === precontent_by_lua runs before content
            --- config
            location /t {
              precontent_by_lua_block { ngx.header.x = ngx.get_phase() }
              content_by_lua_block { ngx.say("c") } }
            --- request
            GET /t
            --- response_headers
            x: precontent
            --- response_body
            c
            === a long bracket that does not end is told
            --- config
            location /t { content_by_lua_block { ngx.say([==[a) } }
            --- must_die
            --- error_log
            Lua code block missing the closing long bracket "]==]", the inlined Lua code may be
            """);
  }
}
