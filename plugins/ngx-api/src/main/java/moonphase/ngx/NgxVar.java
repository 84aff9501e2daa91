package moonphase.ngx;

import java.util.Locale;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.spi.Exchange;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.var}: nginx's variables, and the captures of its last expression. The VM's thread,
 * stateless.
 *
 * <p>Source: ngx_http_lua_variable.c, resty.core.var.
 */
@Component
public final class NgxVar implements NgxArea {
  /** Used by the framework. */
  public NgxVar() {}

  private static LuaValue get(LuaRun run, LuaValue name) {
    Exchange exchange = run.exchange();
    String key;
    if (name.type() == LuaValue.TNUMBER) {
      int n = name.toint();
      if (n <= 0) {
        return LuaValue.NIL;
      }
      String value = exchange.request().captures().map(captures -> captures.group(n)).orElse(null);
      return value == null ? LuaValue.NIL : LuaText.lua(value);
    }
    if (name.type() != LuaValue.TSTRING) {
      throw new LuaError("bad variable name");
    }
    key = lower(LuaText.latin1(name));
    String value = exchange.variables().get(key);
    return value == null ? LuaValue.NIL : LuaText.lua(value);
  }

  private static void set(LuaRun run, LuaValue name, LuaValue value) {
    Exchange exchange = run.exchange();
    if (name.type() != LuaValue.TSTRING) {
      throw new LuaError("bad variable name");
    }
    String given = LuaText.latin1(name);
    String text = value.isnil() ? null : LuaText.textOf(value);
    switch (exchange.variables().set(lower(given), text)) {
      case UNKNOWN ->
          throw new LuaError(
              "variable \""
                  + given
                  + "\" not found for writing; maybe it is a built-in variable that is not"
                  + " changeable or you forgot to use \"set $"
                  + given
                  + " '';\" in the config file to define it first");
      case READ_ONLY -> throw new LuaError("variable \"" + given + "\" not changeable");
      case SET -> {}
    }
  }

  private static String lower(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }

  @Override
  public void install(LuaVm vm) {
    MagicTable.install(vm, "var", NgxVar::get, NgxVar::set);
  }
}
