package moonphase.lua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  /** By name, the one that serves first. */
  private final Map<String, List<Entry>> entries = new HashMap<>();

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

  /** Registers a hook; of several with one name the first in their order serves. */
  void add(PreloadHook hook) {
    List<Entry> same = entries.computeIfAbsent(hook.name(), name -> new ArrayList<>(1));
    Entry entry = new Entry(hook);
    int place = 0;
    while (place < same.size() && same.get(place).hook.compareTo(hook) <= 0) {
      place++;
    }
    if (place == 0 && !same.isEmpty()) {
      withdraw(same.getFirst());
    }
    same.add(place, entry);
    if (place == 0) {
      serve(entry);
    }
  }

  /** Removes a hook, and what it loaded; the next of the same name serves. */
  void remove(PreloadHook hook) {
    List<Entry> same = entries.getOrDefault(hook.name(), List.of());
    for (Entry entry : List.copyOf(same)) {
      if (entry.hook == hook) {
        boolean served = same.getFirst() == entry;
        same.remove(entry);
        if (served) {
          withdraw(entry);
        }
        if (same.isEmpty()) {
          entries.remove(hook.name());
        } else if (served) {
          serve(same.getFirst());
        }
      }
    }
  }

  private void serve(Entry entry) {
    table("preload").rawset(LuaText.lua(entry.hook.name()), entry);
    tell(entry.hook, true);
  }

  private void withdraw(Entry entry) {
    LuaString key = LuaText.lua(entry.hook.name());
    if (table("preload").rawget(key) == entry) {
      table("preload").rawset(key, LuaValue.NIL);
    }
    if (!entry.loaded.isnil() && table("loaded").rawget(key).raweq(entry.loaded)) {
      table("loaded").rawset(key, LuaValue.NIL);
    }
    entry.loaded = LuaValue.NIL;
    tell(entry.hook, false);
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
