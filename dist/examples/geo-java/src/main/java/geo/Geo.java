package geo;

import java.util.List;
import java.util.Map;
import moonphase.lua.LuaVm;
import moonphase.lua.PreloadModule;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.OneArgFunction;
import org.osgi.service.component.annotations.Component;

/** What {@code require "geo"} returns: {@code geo.country(address)}. */
@Component
public final class Geo implements PreloadModule {
  private static final Map<String, String> COUNTRIES =
      Map.of("192.0.2.1", "Neverland", "198.51.100.1", "Utopia");

  @Override
  public List<String> names() {
    return List.of("geo");
  }

  /** Called once for each VM, on its thread. */
  @Override
  public LuaValue open(LuaVm vm, String name) {
    LuaTable geo = new LuaTable();
    geo.set("country", new Country());
    return geo;
  }

  private static final class Country extends OneArgFunction {
    @Override
    public LuaValue call(LuaValue address) {
      String country = COUNTRIES.get(address.checkjstring());
      return country == null ? LuaValue.NIL : LuaValue.valueOf(country);
    }
  }
}
