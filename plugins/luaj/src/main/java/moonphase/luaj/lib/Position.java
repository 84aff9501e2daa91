package moonphase.luaj.lib;

import org.luaj.vm2.CallLevel;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;

/** Positions of running code in messages, byte for byte. */
final class Position {
  private Position() {}

  /** Returns a message with the position of a level of the running thread before it. */
  static LuaString before(LuaString message, int level) {
    CallLevel caller = Globals.current().running.level(level);
    String where = caller == null ? "" : caller.where();
    if (where.isEmpty()) {
      return message;
    }
    LuaString position = LuaString.valueOf(where);
    return new ByteBuilder(position.m_length + message.m_length)
        .append(position)
        .append(message)
        .finish();
  }
}
