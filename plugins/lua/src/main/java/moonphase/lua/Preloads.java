package moonphase.lua;

import java.util.HashMap;
import java.util.Map;
import moonphase.spi.LogLevel;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * The preload hooks of one VM. The VM's thread only.
 *
 * <p>A hook that leaves takes its entry of {@code package.preload} and, where it loaded the module,
 * that of {@code package.loaded}, so that nothing of its bundle stays behind in the VM's tables.
 */
final class Preloads {
  private final LuaVm vm;
  private final Map<String, Entry> entries = new HashMap<>();

  Preloads(LuaVm vm) {
    this.vm = vm;
  }

  private final class Entry extends VarArgFunction {
    final PreloadHook hook;
    LuaValue loaded = LuaValue.NIL;

    Entry(PreloadHook hook) {
      this.hook = hook;
    }

    @Override
    public Varargs invoke(Varargs args) {
      loaded = hook.load(vm);
      return loaded;
    }
  }

  /** Registers a hook; one of the same name is replaced. */
  void add(PreloadHook hook) {
    Entry before = entries.get(hook.name());
    if (before != null) {
      remove(before.hook);
    }
    Entry entry = new Entry(hook);
    entries.put(hook.name(), entry);
    table("preload").rawset(LuaText.lua(hook.name()), entry);
    tell(hook, true);
  }

  /** Removes a hook, and what it loaded. */
  void remove(PreloadHook hook) {
    Entry entry = entries.get(hook.name());
    if (entry == null || entry.hook != hook) {
      return;
    }
    entries.remove(hook.name());
    LuaString key = LuaText.lua(hook.name());
    if (table("preload").rawget(key) == entry) {
      table("preload").rawset(key, LuaValue.NIL);
    }
    if (!entry.loaded.isnil() && table("loaded").rawget(key).raweq(entry.loaded)) {
      table("loaded").rawset(key, LuaValue.NIL);
    }
    tell(hook, false);
  }

  private LuaTable table(String name) {
    return vm.globals().get("package").get(name).checktable();
  }

  private void tell(PreloadHook hook, boolean added) {
    new PreloadEvent(hook.name(), hook.origin(), vm.worker().index(), added).commit();
    vm.generation()
        .log()
        .log(
            LogLevel.DEBUG,
            "lua preload hook \""
                + hook.name()
                + "\" of "
                + hook.origin()
                + (added ? " added" : " removed")
                + ", worker "
                + vm.worker().index());
  }
}
