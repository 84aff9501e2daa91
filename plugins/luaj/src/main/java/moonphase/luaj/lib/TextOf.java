package moonphase.luaj.lib;

import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** What {@code tostring} makes of a value. */
final class TextOf {
  private TextOf() {}

  /** Returns what {@code tostring} returns: any value, where {@code __tostring} returns one. */
  static LuaValue value(LuaValue v) {
    if (v instanceof LuaString || v instanceof LuaNumber) {
      return v.strvalue();
    }
    LuaValue handler = v.metatag(LuaValue.TOSTRING);
    return handler.isnil() ? LuaString.valueOf(v.tojstring()) : handler.call(v);
  }

  /** Returns the text of a value; what {@code __tostring} returns is taken as it prints. */
  static LuaString string(LuaValue v) {
    LuaValue text = value(v);
    return text instanceof LuaString || text instanceof LuaNumber
        ? text.strvalue()
        : LuaString.valueOf(text.tojstring());
  }
}
