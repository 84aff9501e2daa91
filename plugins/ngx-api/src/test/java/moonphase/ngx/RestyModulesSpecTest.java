package moonphase.ngx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RestyModulesSpecTest {
  private static List<Object> services() {
    NgxRegex regex = new NgxRegex(new Pcre2Engine());
    LuaRuntime lua =
        new LuaRuntime(
            List.of(new NgxConst(), new NgxOutput(), new NgxResponseHeaders(), regex),
            List.of(new RestyModules()));
    List<Object> services = new ArrayList<>(List.of(lua, new LuaModule(), regex));
    services.add(new RequestApiSpecTest.Content(lua));
    return services;
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) RestyModulesSpecTest::services)
        .cases(
            """
            === ngx.base64 encodes for URLs
            --- config
            location /t { content_by_lua_block {
              local b = require "ngx.base64"
              ngx.say(b.encode_base64url("\\255\\239a"), " ", b.decode_base64url("_-9h"):byte(1, -1))
              ngx.say(b.decode_base64url("YQ=="), " ", b.decode_base64url("Y"))
              ngx.say(b.encode_base64url(1)) } }
            --- request
            GET /t
            --- response_body
            _-9h 25523997
            a nilinvalid input
            nilmust provide a string
            === ngx.resp adds fields
            --- config
            location /t { content_by_lua_block {
              local resp = require "ngx.resp"
              resp.add_header("X-A", "1")
              resp.add_header("X-A", {2, true})
              resp.add_header("Content-Type", "a/b")
              local err = select(2, pcall(function() resp.add_header("X-A") return 1 end))
              ngx.say(table.concat(ngx.header.x_a, ","), " ", err) } }
            --- request
            GET /t
            --- response_headers
            Content-Type: a/b
            --- response_body_like
            ^1,2,true content_by_lua.*invalid header value
            === lua_regex_match_limit ends a long search
            --- http_config
            lua_regex_match_limit 100;
            --- config
            location /t { content_by_lua_block {
              ngx.say(ngx.re.match(("a"):rep(30) .. "b", "(a+)+[cd]"))
              ngx.say(ngx.re.match("ab", "a(b)")[1])
              ngx.say(ngx.re.match(("a"):rep(30), "a+", "d")[0]:len())
              ngx.say(ngx.re.match("a", "(a", "")) } }
            --- request
            GET /t
            --- response_body
            nilpcre_exec() failed: -8
            b
            30
            nilpcre_compile() failed: missing ) in "(a"
            === d finds the longest match and tells of no group
            --- config
            location /t { content_by_lua_block {
              local m = ngx.re.match("hello", "(?<a>he|hell)", "d")
              ngx.say(m[0], m[1], m.a)
              ngx.say(ngx.re.find("hello", "(he|hell)", "d", nil, 1))
              ngx.say(ngx.re.gsub("hello", "(he|hell)", "[$0$1]", "d")) } }
            --- request
            GET /t
            --- response_body
            hellnilnil
            nilnilnth out of bound
            [hell]o1
            === J reads a pattern as ECMAScript does
            --- config
            location /t { content_by_lua_block {
              ngx.say(ngx.re.find("xA", [[\\u0041]], "J"), ngx.re.find("]", "[]]"))
              ngx.say(ngx.re.find("a", "[]", "J")) } }
            --- request
            GET /t
            --- response_body
            211
            nilnil
            """);
  }
}
