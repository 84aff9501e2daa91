package moonphase.ngx;

import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Component;

/**
 * The table {@code ndk}. No module offers directives to {@code ndk.set_var}, so each name is not
 * found. Stateless.
 *
 * <p>Source: resty.core.ndk.
 */
@Component
public final class NgxNdk implements NgxArea {
  /** Used by the framework. */
  public NgxNdk() {}

  @Override
  public void install(LuaVm vm) {
    LuaTable metatable = new LuaTable();
    metatable.rawset(
        LuaText.lua("__index"),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            throw new LuaError(
                "ndk.set_var: directive \""
                    + LuaText.latin1(args.arg(2).tostring())
                    + "\" not found or does not use ndk_set_var_value");
          }
        });
    metatable.rawset(
        LuaText.lua("__newindex"),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            throw new LuaError("not allowed");
          }
        });
    LuaTable setVar = new LuaTable();
    setVar.setmetatable(metatable);
    LuaTable ndk = new LuaTable();
    ndk.rawset(LuaText.lua("set_var"), setVar);
    vm.globals().rawset(LuaText.lua("ndk"), ndk);
    LuaValue packages = vm.globals().get("package");
    if (packages.istable()) {
      packages.get("loaded").checktable().rawset(LuaText.lua("ndk"), ndk);
    }
  }
}
