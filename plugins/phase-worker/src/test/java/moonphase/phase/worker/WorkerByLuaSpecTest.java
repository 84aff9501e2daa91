package moonphase.phase.worker;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.lua.LuaModule;
import moonphase.lua.LuaRuntime;
import moonphase.ngx.NgxConst;
import moonphase.ngx.NgxControl;
import moonphase.ngx.NgxLog;
import moonphase.ngx.NgxOutput;
import moonphase.ngx.NgxTimer;
import moonphase.ngx.NgxWorker;
import moonphase.phase.content.ContentByLua;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WorkerByLuaSpecTest {
  private static List<Object> services() {
    NgxTimer timer = new NgxTimer();
    LuaRuntime lua =
        new LuaRuntime(
            List.of(
                new NgxConst(),
                new NgxControl(),
                new NgxLog(),
                new NgxOutput(),
                timer,
                new NgxWorker()),
            List.of());
    return List.of(lua, new LuaModule(), timer, new WorkerByLua(lua), new ContentByLua(lua));
  }

  @TestFactory
  Stream<DynamicTest> spec() {
    return Spec.with((Supplier<List<Object>>) WorkerByLuaSpecTest::services)
        .cases(
            """
            === init_by_lua sets globals that requests see
            --- http_config
            init_by_lua_block { greeting = "hi from " .. ngx.get_phase() }
            --- config
            location /t { content_by_lua_block { ngx.say(greeting) } }
            --- request
            GET /t
            --- response_body
            hi from init
            === init_worker_by_lua runs in each worker
            --- http_config
            init_worker_by_lua_block { id = ngx.worker.id() phase = ngx.get_phase() }
            --- config
            location /t { content_by_lua_block { ngx.say(id, " ", phase) } }
            --- request
            GET /t
            --- response_body
            0 init_worker
            === a failing init_by_lua refuses the configuration
            --- http_config
            init_by_lua_block { local a = nil + 1 }
            --- config
            location /t { content_by_lua_block { ngx.say("never") } }
            --- must_die
            --- error_log
            init_by_lua error: init_by_lua(nginx.conf:
            === ngx.say in init_by_lua has no request
            --- http_config
            init_by_lua_block { ngx.say("x") }
            --- config
            location /t { content_by_lua_block { ngx.say("never") } }
            --- must_die
            --- error_log
            no request object found
            === a timer runs after the request
            --- config
            location /t { content_by_lua_block {
              ngx.timer.at(0, function (premature, a)
                ngx.log(ngx.WARN, ngx.get_phase(), " ", premature, " ", a)
              end, "arg")
              ngx.say("ok") } }
            --- request
            GET /t
            --- response_body
            ok
            --- error_log
            timer false arg
            context: ngx.timer
            """);
  }
}
