package moonphase.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

class PreloadsTest {
  private final FakeWorld world = new FakeWorld();
  private final LuaTable module = new LuaTable();

  /** A module that counts how often it was made. */
  private final class Geo implements PreloadModule {
    int opened;

    @Override
    public List<String> names() {
      return List.of("geo", "geo.db");
    }

    @Override
    public LuaValue open(LuaVm vm, String name) {
      opened++;
      return module;
    }
  }

  private LuaValue packageTable(String table, String name) {
    return world.vm.globals().get("package").get(table).get(name);
  }

  private LuaValue require(String name) {
    return world.vm.globals().get("require").call(LuaText.lua(name));
  }

  @Test
  void moduleThatComesLater_isInLivingVms() {
    world.runtime.addModule(new Geo());
    assertTrue(packageTable("preload", "geo").isnil());
    world.turn();
    assertTrue(packageTable("preload", "geo").isfunction());
    assertTrue(packageTable("preload", "geo.db").isfunction());
  }

  @Test
  void requiredModule_isMadeOnce() {
    Geo geo = new Geo();
    world.runtime.addModule(geo);
    world.turn();
    world.inVm(() -> assertSame(module, require("geo")));
    world.inVm(() -> assertSame(module, require("geo")));
    assertEquals(1, geo.opened);
  }

  @Test
  void moduleThatGoes_takesAlongWhatItLoaded() {
    Geo geo = new Geo();
    world.runtime.addModule(geo);
    world.turn();
    world.inVm(() -> require("geo"));
    world.runtime.removeModule(geo);
    world.turn();
    assertTrue(packageTable("preload", "geo").isnil());
    assertTrue(packageTable("loaded", "geo").isnil());
  }

  @Test
  void moduleThatGoes_leavesWhatAnotherLoaded() {
    Geo geo = new Geo();
    world.runtime.addModule(geo);
    world.turn();
    world.vm.globals().get("package").get("loaded").set("geo", LuaValue.TRUE);
    world.runtime.removeModule(geo);
    world.turn();
    assertTrue(packageTable("loaded", "geo").toboolean());
  }

  @Test
  void loaderThatAScriptReplaced_stays() {
    Geo geo = new Geo();
    world.runtime.addModule(geo);
    world.turn();
    world.vm.globals().get("package").get("preload").set("geo", LuaValue.TRUE);
    world.runtime.removeModule(geo);
    world.turn();
    assertTrue(packageTable("preload", "geo").toboolean());
  }
}
