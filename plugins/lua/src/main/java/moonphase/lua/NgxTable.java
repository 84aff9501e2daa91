package moonphase.lua;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Fills the table {@code ngx} of a VM from the areas, and stands before each function: it refuses
 * calls in contexts that do not allow them. The VM's thread.
 *
 * <p>Source: ngx_http_lua_check_context, ngx_http_lua_check_fake_request.
 */
final class NgxTable {
  private NgxTable() {}

  static void fill(LuaVm vm, List<NgxArea> areas) {
    Map<LuaValue, NgxProperty> properties = new HashMap<>();
    for (NgxArea area : areas) {
      for (NgxFunction function : area.functions()) {
        int dot = function.name().lastIndexOf('.');
        LuaTable table = dot < 0 ? vm.ngx() : table(vm, function.name().substring(0, dot));
        table.rawset(LuaText.lua(function.name().substring(dot + 1)), new Guarded(vm, function));
      }
      for (NgxProperty property : area.properties()) {
        properties.put(LuaText.lua(property.name()), property);
      }
    }
    LuaTable metatable = new LuaTable();
    metatable.rawset(LuaText.lua("__index"), new Index(vm, properties));
    metatable.rawset(LuaText.lua("__newindex"), new NewIndex(vm, properties));
    vm.ngx().setmetatable(metatable);
    for (NgxArea area : areas) {
      area.install(vm);
    }
  }

  /** The table at a path below {@code ngx}, made if it is missing. */
  static LuaTable table(LuaVm vm, String path) {
    LuaTable table = vm.ngx();
    for (String name : path.split("\\.")) {
      LuaString key = LuaText.lua(name);
      LuaValue next = table.rawget(key);
      if (!next.istable()) {
        next = new LuaTable();
        table.rawset(key, next);
      }
      table = next.checktable();
    }
    return table;
  }

  /** Refuses what the context does not allow. */
  static void check(LuaRun run, ApiGroup group) {
    if (run.context().allows(group)) {
      return;
    }
    if (!run.hasRequest()) {
      throw new LuaError(group == ApiGroup.OUTPUT ? "no request object found" : "no request found");
    }
    throw new LuaError(
        group == ApiGroup.REQUEST
            ? "API disabled in the current context"
            : "API disabled in the context of " + run.context());
  }

  private static final class Guarded extends VarArgFunction {
    private final LuaVm vm;
    private final ApiGroup group;
    private final NgxFunction.Body body;

    Guarded(LuaVm vm, NgxFunction function) {
      this.vm = vm;
      this.group = function.group();
      this.body = function.body();
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaRun run = vm.run();
      check(run, group);
      return body.call(run, args);
    }
  }

  private static final class Index extends VarArgFunction {
    private final LuaVm vm;
    private final Map<LuaValue, NgxProperty> properties;

    Index(LuaVm vm, Map<LuaValue, NgxProperty> properties) {
      this.vm = vm;
      this.properties = properties;
    }

    @Override
    public Varargs invoke(Varargs args) {
      @Nullable NgxProperty property = properties.get(args.arg(2));
      if (property == null) {
        return LuaValue.NIL;
      }
      check(vm.run(), property.group());
      return property.getter().get(vm.run());
    }
  }

  private static final class NewIndex extends VarArgFunction {
    private final LuaVm vm;
    private final Map<LuaValue, NgxProperty> properties;

    NewIndex(LuaVm vm, Map<LuaValue, NgxProperty> properties) {
      this.vm = vm;
      this.properties = properties;
    }

    @Override
    public Varargs invoke(Varargs args) {
      @Nullable NgxProperty property = properties.get(args.arg(2));
      if (property == null || property.setter().isEmpty()) {
        args.checktable(1).rawset(args.arg(2), args.arg(3));
      } else {
        check(vm.run(), property.group());
        property.setter().get().set(vm.run(), args.arg(3));
      }
      return LuaValue.NONE;
    }
  }
}
