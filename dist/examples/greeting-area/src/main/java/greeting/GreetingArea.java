package greeting;

import java.util.List;
import java.util.Optional;
import moonphase.lua.ApiGroup;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.lua.NgxProperty;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/** Adds {@code ngx.greet(name)}, and {@code ngx.greeted} for the path of the request. */
@Component
public final class GreetingArea implements NgxArea {
  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction(
            "greet",
            ApiGroup.PURE, // allowed wherever Lua runs
            (run, args) -> LuaValue.valueOf("hello " + args.checkjstring(1))));
  }

  @Override
  public List<NgxProperty> properties() {
    return List.of(
        new NgxProperty(
            "greeted",
            ApiGroup.REQUEST, // an error in init_by_lua, in timers: where there is no request
            run -> LuaValue.valueOf(run.exchange().request().uri()),
            Optional.empty()));
  }
}
