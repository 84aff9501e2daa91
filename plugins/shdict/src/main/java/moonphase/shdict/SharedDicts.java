package moonphase.shdict;

import java.util.List;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.SharedDictStore;
import org.luaj.vm2.LuaTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code lua_shared_dict}, and the table {@code ngx.shared} of every VM. */
@Component(service = {HttpModule.class, NgxArea.class})
public final class SharedDicts implements HttpModule, NgxArea {
  private final SharedDictStore store;

  /**
   * Used by the framework.
   *
   * @param store where dictionaries are kept; the one of the highest ranking
   */
  @Activate
  public SharedDicts(
      @Reference(policyOption = ReferencePolicyOption.GREEDY) SharedDictStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "lua_shdict";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        Directive.directive("lua_shared_dict")
            .in(Level.HTTP)
            .args(2)
            .repeatable()
            .sets(SharedDictConf.KEY, SharedDictConf::with));
  }

  @Override
  public void install(LuaVm vm) {
    LuaTable methods = DictMethods.table();
    LuaTable shared = new LuaTable();
    vm.generation()
        .conf(SharedDictConf.KEY)
        .sizes()
        .forEach((name, bytes) ->
            shared.rawset(LuaText.lua(name), DictMethods.dict(store.open(name, bytes), methods)));
    vm.ngx().rawset(LuaText.lua("shared"), shared);
  }
}
