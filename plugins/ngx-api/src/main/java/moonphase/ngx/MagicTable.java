package moonphase.ngx;

import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Tables whose fields are computed, such as {@code ngx.var}. The VM's thread. */
final class MagicTable {
  /** Gives a field. */
  interface Reader {
    LuaValue read(LuaRun run, LuaValue key);
  }

  /** Takes a field. */
  interface Writer {
    void write(LuaRun run, LuaValue key, LuaValue value);
  }

  private MagicTable() {}

  /** Puts a table into {@code ngx}. */
  static void install(LuaVm vm, String name, Reader reader, Writer writer) {
    LuaTable metatable = new LuaTable();
    metatable.rawset(LuaText.lua("__index"), new Index(vm, reader));
    metatable.rawset(LuaText.lua("__newindex"), new NewIndex(vm, writer));
    LuaTable table = new LuaTable();
    table.setmetatable(metatable);
    vm.ngx().rawset(LuaText.lua(name), table);
  }

  private static final class Index extends VarArgFunction {
    private final LuaVm vm;
    private final Reader reader;

    Index(LuaVm vm, Reader reader) {
      this.vm = vm;
      this.reader = reader;
    }

    @Override
    public LuaValue call(LuaValue table, LuaValue key) {
      return reader.read(vm.run(), key);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return reader.read(vm.run(), args.arg(2));
    }
  }

  private static final class NewIndex extends VarArgFunction {
    private final LuaVm vm;
    private final Writer writer;

    NewIndex(LuaVm vm, Writer writer) {
      this.vm = vm;
      this.writer = writer;
    }

    @Override
    public LuaValue call(LuaValue table, LuaValue key, LuaValue value) {
      writer.write(vm.run(), key, value);
      return LuaValue.NONE;
    }

    @Override
    public Varargs invoke(Varargs args) {
      writer.write(vm.run(), args.arg(2), args.arg(3));
      return LuaValue.NONE;
    }
  }
}
