package moonphase.ngx;

import static moonphase.spi.Level.LOCATION;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaDirectives;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaPhaseHandler;
import moonphase.lua.LuaRuntime;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RequestApiSpecTest {
  /** {@code content_by_lua*} as its bundle has it. */
  @HandlerOf(phase = Phase.CONTENT, module = "lua_content")
  static final class Content implements HttpModule, PhaseHandler {
    private final PhaseHandler handler;

    Content(LuaRuntime lua) {
      handler = new LuaPhaseHandler(lua, LuaContext.CONTENT);
    }

    @Override
    public String name() {
      return "lua_content";
    }

    @Override
    public List<Directive<?>> directives() {
      return LuaDirectives.all(LuaContext.CONTENT, LOCATION);
    }

    @Override
    public Verdict handle(Exchange exchange) {
      return handler.handle(exchange);
    }
  }

  static List<Object> services() {
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(),
                new NgxControl(),
                new NgxCtx(),
                new NgxNdk(),
                new NgxLog(),
                new NgxOutput(),
                new NgxRequestBody(),
                new NgxRequestHeaders(),
                new NgxRequestLine(),
                new NgxResponseHeaders(),
                new NgxSleep(),
                new NgxSubrequest(),
                new NgxThread(),
                new NgxTimer(),
                new NgxVar(),
                new NgxWorker()),
            List.of());
    return List.of(
        lua,
        new LuaModule(),
        new Content(lua),
        new RewriteModule(),
        new ServerRewriteHandler(),
        new LocationRewriteHandler());
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) RequestApiSpecTest::services)
        .cases(
            """
            === ngx.location.capture gives status, header and body
            --- config
            location /t { content_by_lua_block {
              local res = ngx.location.capture("/x?a=1", {args = {b = 2}})
              ngx.say(res.status, " ", res.header["X-A"], " ", res.body, " ", res.truncated) } }
            location /x { content_by_lua_block {
              ngx.status = 201
              ngx.header["X-A"] = "y"
              ngx.print(ngx.var.args, ngx.is_subrequest, ngx.req.get_method()) } }
            --- request
            GET /t
            --- response_body
            201 y a=1&b=2trueGET false
            === ngx.location.capture_multi waits for all
            --- config
            location /t { content_by_lua_block {
              local a, b = ngx.location.capture_multi({
                {"/x", {args = "3"}}, {"/x", {args = "1", method = ngx.HTTP_HEAD}}, })
              ngx.say(a.body, b.status) } }
            location /x { content_by_lua_block {
              ngx.sleep(ngx.var.args) ngx.print("slept ", ngx.var.args) } }
            --- request
            GET /t
            --- response_body
            slept 3200
            === a captured subrequest ends with its status alone, without a page
            --- config
            location /t { content_by_lua_block {
              for _, uri in ipairs{"/fails", "/exits", "/writes"} do
                local res = ngx.location.capture(uri)
                ngx.say(uri, " ", res.status, " [", res.body, "] ", res.truncated)
              end } }
            location /fails { error_page 500 /exits; content_by_lua_block { error("oh") } }
            location /exits { content_by_lua_block { ngx.exit(404) } }
            location /writes { content_by_lua_block {
              ngx.status = 404 ngx.print("mine") ngx.exit(404) } }
            --- request
            GET /t
            --- response_body
            /fails 500 [] true
            /exits 404 [] true
            /writes 404 [mine] false
            --- error_log
            oh
            === a status that Lua sets takes the place of an error page's
            --- config
            location /t { error_page 503 /page; content_by_lua_block { ngx.exit(503) } }
            location /page { content_by_lua_block { ngx.status = 201 ngx.say(ngx.status) } }
            --- request
            GET /t
            --- error_code: 201
            --- response_body
            201
            === header fields become text as tostring makes it
            --- config
            location /t { content_by_lua_block {
              ngx.header["X-A"] = true
              ngx.header["X-B"] = setmetatable({}, {__tostring = function() return "b" end})
              ngx.header["X-B"] = {false, 2}
              ngx.req.set_header("X-C", true)
              ngx.say(ngx.header.x_a, ngx.header.x_b[1], ngx.req.get_headers().x_c) } }
            --- request
            GET /t
            --- response_body
            truefalsetrue
            === errors of computed fields name the line
            --- config
            location /t { content_by_lua_block {
              local function try(f) ngx.say(select(2, pcall(f))) end
              try(function() ngx.header["Content-Length"] = "x" return 1 end)
              try(function() ngx.var.nothing = 1 return 1 end) } }
            --- request
            GET /t
            --- response_body_like
            ^content_by_lua\\(nginx.conf:\\d+\\):3: failed to set header
            content_by_lua\\(nginx.conf:\\d+\\):4: variable "nothing" not found for writing
            === the response's fields include those that the server adds
            --- config
            location /h { content_by_lua_block {
              ngx.header.x_a = {"1", "2"}
              ngx.send_headers()
              local h, err = ngx.resp.get_headers(3)
              ngx.say(h.connection, " ", h["content-type"], " ", h["transfer-encoding"], " ", err)
              h = ngx.resp.get_headers()
              ngx.say(#h.x_a) } }
            --- request
            GET /h
            --- response_body
            close text/plain chunked truncated
            2
            === a variable that cannot change is refused to a subrequest
            --- config
            location /t { content_by_lua_block {
              ngx.location.capture("/x", {vars = {query_string = "a"}}) } }
            location /x { content_by_lua_block { ngx.say("x") } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            variable "query_string" not changeable
            failed to adjust the subrequest: -1
            === ndk.set_var calls what set-misc has as directives
            --- config
            location /t { content_by_lua_block {
              local v = ndk.set_var
              ngx.say(v.set_escape_uri(" :%"), " ", v.set_unescape_uri("a%20b"))
              ngx.say(v.set_encode_base32("2011.10.13+0000"), " ", v.set_encode_base32("a"))
              ngx.say(v.set_quote_sql_str("it's"), " ", v.set_encode_hex("az"), " ", v.set_md5(1))
              ngx.say(select(2, pcall(function() return v.set_nothing end))) } }
            --- request
            GET /t
            --- response_body_like
            ^%20%3A%25 a b
            68o32c9e64o2sc9j5co30c1g c4======
            'it\\\\'s' 617a c4ca4238a0b923820dcc509a6f75849b
            .*ndk.set_var: directive "set_nothing" not found or does not use ndk_set_var_value
            === a thread's error is what error was called with
            --- config
            location /t { content_by_lua_block {
              ngx.say(ngx.thread.wait(ngx.thread.spawn(function() error("oh") end))) } }
            --- request
            GET /t
            --- response_body
            falseoh
            --- error_log
            lua user thread aborted: runtime error: content_by_lua(nginx.conf:
            coroutine 1:
            === a thread is waited for by the coroutine that made it
            --- config
            location /t { content_by_lua_block {
              local t
              local co = coroutine.create(function()
                t = ngx.thread.spawn(function() ngx.sleep(0.1) end) end)
              coroutine.resume(co)
              ngx.say(ngx.thread.kill(t))
              ngx.say(select(2, pcall(ngx.thread.wait, t)))
              ngx.exit(200) } }
            --- request
            GET /t
            --- response_body_like
            ^nilkiller not parent
            only the parent coroutine can wait on the thread
            === a subrequest has a body, variables and ctx of its own
            --- config
            location /t { set $v outer; content_by_lua_block {
              local ctx = {}
              local res = ngx.location.capture("/x",
                {method = ngx.HTTP_POST, body = "abc", vars = {v = "inner"}, ctx = ctx})
              ngx.say(res.body, " ", ctx.answer, " ", ngx.var.v) } }
            location /x { content_by_lua_block {
              ngx.req.read_body()
              ngx.ctx.answer = 42
              ngx.print(ngx.req.get_body_data(), " ", ngx.var.v) } }
            --- request
            GET /t
            --- response_body
            abc inner 42 outer
            === a timer's timer tells whose it is as well
            --- config
            location /t { content_by_lua_block {
              ngx.timer.at(0, function ()
                ngx.timer.at(0, function () ngx.log(ngx.WARN, "inner") end)
              end)
              ngx.sleep(0.05)
              ngx.say("ok") } }
            --- request
            GET /t
            --- response_body
            ok
            --- error_log
            inner, context: ngx.timer, client: 127.0.0.1, server: 0.0.0.0:1984
            === header fields are read, set and cleared
            --- config
            location /t { content_by_lua_block {
              ngx.req.set_header("X-New", {"a", "b"})
              ngx.req.clear_header("X-Old")
              local h = ngx.req.get_headers()
              ngx.say(h.x_new[2], h["X-Old"], h.x_kept) } }
            --- request
            GET /t
            --- more_headers
            X-Old: 1
            X-Kept: 2
            --- response_body
            bnil2
            === more fields than asked for are cut
            --- config
            location /t { content_by_lua_block {
              local h, err = ngx.req.get_headers(1)
              ngx.say(err) } }
            --- request
            GET /t
            --- more_headers
            X-A: 1
            X-B: 2
            --- response_body
            truncated
            === URI arguments become a table
            --- config
            location /t { content_by_lua_block {
              local args, err = ngx.req.get_uri_args(2)
              ngx.say(args.a, " ", args["b c"], " ", err) } }
            --- request
            GET /t?a=1&b%20c=d+e&f=g
            --- response_body
            1 d e truncated
            === the request line can be asked
            --- config
            location /t { content_by_lua_block {
              ngx.say(ngx.req.http_version(), ngx.req.is_internal(), ngx.req.get_method()) } }
            --- request
            PUT /t
            --- response_body
            1.1falsePUT
            === a method that is none is refused
            --- config
            location /t { content_by_lua_block { ngx.req.set_method(3) } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            unsupported HTTP method: 3
            === an unsafe URI is refused
            --- config
            location /t { content_by_lua_block { ngx.redirect("/a\\r\\nb") } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            unsafe byte "0x0d" in redirect uri "/a\\x0D\\x0Ab"
            === light threads run side by side
            --- config
            location /t { content_by_lua_block {
              local function f(n) ngx.sleep(n) ngx.print(n) return n * 10 end
              local a, b = ngx.thread.spawn(f, 2), ngx.thread.spawn(f, 1)
              local ok, first = ngx.thread.wait(a, b)
              ngx.print(" ", first, " ") } }
            --- request
            GET /t
            --- response_body chop
            1 10 2
            === a killed thread says why it cannot be killed again
            --- config
            location /t { content_by_lua_block {
              local t = ngx.thread.spawn(function () ngx.sleep(9) ngx.say("never") end)
              ngx.say(ngx.thread.kill(t))
              ngx.say(ngx.thread.kill(t)) } }
            --- request
            GET /t
            --- response_body
            1
            nilalready waited or killed
            === another thread's child cannot be waited for
            --- config
            location /t { content_by_lua_block {
              local t = ngx.thread.spawn(function () ngx.sleep(1) end)
              local u = ngx.thread.spawn(function () ngx.thread.wait(t) end)
              ngx.say("on") } }
            --- request
            GET /t
            --- response_body
            on
            --- error_log
            only the parent coroutine can wait on the thread
            """);
  }
}
