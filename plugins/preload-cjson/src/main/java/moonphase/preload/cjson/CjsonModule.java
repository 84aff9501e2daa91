package moonphase.preload.cjson;

import java.util.List;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.PreloadModule;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/** Brings {@code cjson} and {@code cjson.safe} to every VM. */
@Component
public final class CjsonModule implements PreloadModule {
  private static final String SAFE = "cjson.safe";

  /** What the module tables of one VM share. */
  private static final LuaVm.Slot<Markers> MARKERS = new LuaVm.Slot<>(CjsonModule::markers);

  /** Used by the framework. */
  public CjsonModule() {}

  @Override
  public List<String> names() {
    return List.of("cjson", SAFE);
  }

  @Override
  public LuaValue open(LuaVm vm, String name) {
    return Cjson.table(vm.slot(MARKERS), name.equals(SAFE));
  }

  private static Markers markers(LuaVm vm) {
    LuaValue nothing = vm.ngx().rawget(LuaText.lua("null"));
    return new Markers(
        nothing.isnil() ? new LuaUserdata("cjson.null") : nothing,
        new LuaUserdata("cjson.empty_array"),
        new LuaTable(),
        new LuaTable());
  }
}
