package moonphase.luaj.lib;

import org.luaj.vm2.LuaString;

/** The 256 strings of one byte. Immutable, shared by all VMs; any thread. */
final class OneByte {
  private static final LuaString[] STRINGS = new LuaString[256];

  static {
    for (int i = 0; i < 256; i++) {
      STRINGS[i] = LuaString.valueOf(new byte[] {(byte) i});
    }
  }

  private OneByte() {}

  static LuaString string(byte b) {
    return STRINGS[b & 0xFF];
  }
}
