package moonphase.ngx;

import java.util.function.UnaryOperator;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Component;

/**
 * The table {@code ndk}: its {@code set_var} finds {@link SetVarFunctions}. The VM's thread,
 * stateless.
 *
 * <p>Source: resty.core.ndk.
 */
@Component
public final class NgxNdk implements NgxArea {
  /** Used by the framework. */
  public NgxNdk() {}

  private static LuaValue find(LuaVm vm, String name) {
    @Nullable UnaryOperator<LuaString> function = SetVarFunctions.ALL.get(name);
    if (function == null) {
      throw new LuaError(
          "ndk.set_var: directive \"" + name + "\" not found or does not use ndk_set_var_value");
    }
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs args) {
        vm.run().request(); // raises where there is none
        return function.apply(LuaText.lua(LuaText.textOf(args.arg1())));
      }
    };
  }

  @Override
  public void install(LuaVm vm) {
    LuaTable metatable = new LuaTable();
    metatable.rawset(
        LuaText.lua("__index"),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            return find(vm, LuaText.textOf(args.arg(2)));
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
