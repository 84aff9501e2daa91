package moonphase.ngx;

import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Component;

/**
 * {@code os.getenv} as a server has it: what {@code env} directives keep or set. Stateless.
 *
 * <p>Source: resty.core.misc; nginx manual, {@code env}.
 */
@Component
public final class NgxEnvironment implements NgxArea {
  /** Used by the framework. */
  public NgxEnvironment() {}

  @Override
  public void install(LuaVm vm) {
    LuaValue os = vm.globals().get("os");
    if (os.istable()) {
      os.checktable()
          .rawset(
              LuaText.lua("getenv"),
              new VarArgFunction() {
                @Override
                public Varargs invoke(Varargs args) {
                  String name = LuaText.latin1(args.checkstring(1));
                  String value = vm.generation().environment().get(name);
                  return value == null ? LuaValue.NIL : LuaText.lua(value);
                }
              });
    }
  }
}
