package moonphase.ngx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What becomes of arguments and values that are none of the kind a function is made for. */
class BadValuesSpecTest {
  private static List<Object> services() {
    NgxRegex regex = new NgxRegex(new Pcre2Engine());
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(),
                new NgxOutput(),
                new NgxResponseHeaders(),
                new NgxString(),
                new NgxThread(),
                new NgxTime(),
                new NgxVar(),
                regex),
            List.of());
    List<Object> services = new ArrayList<>(List.of(lua, new LuaModule(), regex));
    services.add(new RequestApiSpecTest.Content(lua));
    services.add(new RewriteModule());
    services.add(new LocationRewriteHandler());
    return services;
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) BadValuesSpecTest::services)
        .cases(
            """
            === a variable takes the text of any value
            --- config
            location /t { set $foo ''; content_by_lua_block {
              local T = setmetatable({}, {__tostring = function() return "T" end})
              for _, value in ipairs{{}, true, function() end, 1.5, T} do
                ngx.var.foo = value
                ngx.say((ngx.var.foo:gsub("0x%x+", "ADDRESS")))
              end } }
            --- request
            GET /t
            --- response_body
            table: ADDRESS
            true
            function: ADDRESS
            1.5
            T
            === the name of a variable is a string
            --- config
            location /t { content_by_lua_block {
              local function failure(name)
                return tostring(select(2, pcall(function() ngx.var[name] = 1 end))):match(": (.*)")
              end
              ngx.say(failure{}, ", ", failure(1), ", ", failure(true))
              ngx.say(select(2, pcall(function() return ngx.var[{}] end)):match(": (.*)")) } }
            --- request
            GET /t
            --- response_body
            bad variable name, bad variable name, bad variable name
            bad variable name
            === a field of the header takes the text of any value
            --- config
            location /t { content_by_lua_block {
              local T = setmetatable({}, {__tostring = function() return "T" end})
              for _, value in ipairs{function() end, true, 1.5, {{}}, {1, true, "a"}, {T}} do
                ngx.header["X-A"] = value
                local set = ngx.header["X-A"]
                set = type(set) == "table" and table.concat(set, ",") or set
                ngx.ctx_text = (ngx.ctx_text or "") .. set:gsub("0x%x+", "ADDRESS") .. " | "
              end
              ngx.header["X-A"] = {}
              ngx.header[true] = 1
              ngx.say(ngx.ctx_text, ngx.header["X-A"], " ", ngx.header["true"])
              ngx.ctx_text = nil } }
            --- request
            GET /t
            --- response_body
            function: ADDRESS | true | 1.5 | table: ADDRESS | 1,true,a | T | nil 1
            === functions of strings take the text of any value
            --- config
            location /t { content_by_lua_block {
              local T = setmetatable({}, {__tostring = function() return "a b" end})
              ngx.say(ngx.escape_uri(T), " ", ngx.unescape_uri(T), " ", ngx.encode_base64(T))
              ngx.say(ngx.md5(T) == ngx.md5("a b"), " ", ngx.crc32_short(T) == ngx.crc32_long("a b"))
              ngx.say("[", ngx.escape_uri(nil), ngx.escape_uri(false), "]", ngx.escape_uri(true)) } }
            --- request
            GET /t
            --- response_body
            a%20b a b YSBi
            true true
            []true
            === functions of expressions take the text of any subject and replacement
            --- config
            location /t { content_by_lua_block {
              local T = setmetatable({}, {__tostring = function() return "ab" end})
              ngx.say(ngx.re.match(T, "b")[0], " ", ngx.re.find(true, "u"))
              ngx.say(ngx.re.sub("xyx", "x", T), " ", ngx.re.gsub("xyx", "x", true))
              ngx.say(ngx.re.gsub("xyx", "x", function() return false end))
              ngx.say(select(2, pcall(ngx.re.sub, "x", "x", function() end)):match("bad.*")) } }
            --- request
            GET /t
            --- response_body
            b 33
            abyx trueytrue2
            falseyfalse2
            bad argument #1 to 'tostring' (value expected)
            === arguments that have no text are refused in upstream's words
            --- config
            location /t { content_by_lua_block {
              local function failure(code)
                ngx.say(tostring(select(2, pcall(loadstring(code, "=c")))))
              end
              failure 'ngx.encode_args()'
              failure 'ngx.decode_args()'
              failure 'ngx.encode_base64("a", 1)'
              failure 'ngx.hmac_sha1("a")'
              failure 'ngx.hmac_sha1({}, 1)'
              failure 'ngx.http_time()'
              failure 'ngx.cookie_time("x")'
              failure 'ngx.parse_http_time(1)'
              failure 'ngx.thread.spawn(1)'
              failure 'ngx.thread.spawn(print)' } }
            --- request
            GET /t
            --- response_body
            c:1: expecting 1 argument but seen 0
            c:1: expecting 1 or 2 arguments but seen 0
            c:1: bad no_padding: boolean expected, got number
            c:1: expecting 2 arguments, but got 1
            c:1: bad argument #1 to 'hmac_sha1' (string expected, got table)
            c:1: number argument only
            c:1: number argument only
            c:1: string argument only
            c:1: bad argument #1 to 'spawn' (Lua function expected)
            c:1: bad argument #1 to 'spawn' (Lua function expected)
            """);
  }
}
