package moonphase.ngx;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RequestBodySpecTest {
  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) RequestApiSpecTest::services)
        .cases(
            """
            === the body is read into memory
            --- config
            location /t { content_by_lua_block {
              ngx.req.read_body()
              ngx.say(ngx.req.get_body_data(), ngx.req.get_body_file()) } }
            --- request
            POST /t
            a=1&b
            --- response_body
            a=1&b
            nil
            === arguments of a body become a table
            --- config
            location /t { content_by_lua_block {
              ngx.req.read_body()
              local args = ngx.req.get_post_args()
              ngx.say(args.a, args.b, args.c[1]) } }
            --- request
            POST /t
            a=1&b&c=2&c=3
            --- response_body
            1true2
            === lua_need_request_body reads the body first
            --- config
            lua_need_request_body on;
            location /t { content_by_lua_block { ngx.print(ngx.req.get_body_data()) } }
            --- request
            POST /t
            abc
            --- response_body
            abc
            === an unread body cannot be set
            --- config
            location /t { content_by_lua_block { ngx.req.set_body_data("x") } }
            --- request
            GET /t
            --- error_code: 500
            --- ignore_response
            --- error_log
            request body not read yet
            === a body is put together
            --- config
            location /t { content_by_lua_block {
              ngx.req.read_body()
              ngx.req.init_body()
              ngx.req.append_body("ab")
              ngx.req.append_body("cd")
              ngx.req.finish_body()
              ngx.say(ngx.req.get_body_data(), ngx.req.get_headers()["content-length"]) } }
            --- request
            GET /t
            --- response_body
            abcd4
            === a body that outgrows its buffer goes to a file, which goes with the next body
            --- config
            location /t { content_by_lua_block {
              ngx.req.read_body()
              ngx.req.init_body(4)
              ngx.req.append_body("h")
              ngx.req.append_body("ell")
              ngx.req.append_body("o")
              ngx.req.finish_body()
              local path = ngx.req.get_body_file()
              local file = io.open(path)
              ngx.say(ngx.req.get_body_data(), file:read("*a"), ngx.var.http_content_length)
              file:close()
              ngx.req.set_body_data("new")
              ngx.say(ngx.req.get_body_data(), ngx.req.get_body_file(), io.open(path)) } }
            --- request
            GET /t
            --- response_body_like
            ^nilhello5
            newnilnil
            --- error_log
            a client request body is buffered to a temporary file
            === a buffer has the size of client_body_buffer_size unless a script says otherwise
            --- config
            client_body_buffer_size 3;
            location /t { content_by_lua_block {
              ngx.req.read_body()
              ngx.req.init_body()
              ngx.req.append_body("abcd")
              ngx.req.finish_body()
              ngx.say(ngx.req.get_body_data(), ngx.req.get_body_file() ~= nil) } }
            --- request
            GET /t
            --- response_body
            niltrue
            === no more of a body is read than a script announces
            --- config
            location /t { content_by_lua_block {
              ngx.req.set_header("Content-Length", 2)
              ngx.req.read_body()
              ngx.say(ngx.req.get_body_data()) } }
            --- request
            POST /t
            abcd
            --- response_body
            ab
            """);
  }
}
