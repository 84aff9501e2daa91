package moonphase.lua;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Text of the server, one char a byte, as Lua's strings and back. Any thread. */
public final class LuaText {
  private LuaText() {}

  /** A Lua string of the same bytes. */
  public static LuaString lua(String latin1) {
    return LuaString.latin1(latin1);
  }

  /** A Lua string that takes over an array, which nobody changes any more. */
  public static LuaString lua(byte[] bytes) {
    return LuaString.valueUsing(bytes);
  }

  /** The bytes of a Lua string, copied. */
  public static byte[] bytes(LuaString s) {
    byte[] copy = new byte[s.m_length];
    System.arraycopy(s.m_bytes, s.m_offset, copy, 0, copy.length);
    return copy;
  }

  /** The text that {@code tostring} makes of any value, one char a byte. */
  public static String textOf(LuaValue value) {
    if (value.isstring()) {
      return latin1(value);
    }
    LuaValue handler = value.metatag(LuaValue.TOSTRING);
    return handler.isnil() ? value.tojstring() : latin1(handler.call(value));
  }

  /** The text of a Lua string or number, one char a byte. */
  public static String latin1(LuaValue value) {
    LuaString s = value.checkstring();
    return new String(s.m_bytes, s.m_offset, s.m_length, StandardCharsets.ISO_8859_1);
  }
}
