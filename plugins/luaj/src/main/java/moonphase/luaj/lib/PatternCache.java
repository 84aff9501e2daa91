package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/** The patterns a VM used last, by their texts; of a fixed size. The thread that runs the VM. */
final class PatternCache {
  private static final int LONGEST = 256;

  private final @Nullable Pattern[] slots = new Pattern[256];

  /**
   * Returns what a text reads as.
   *
   * @param caretIsByte whether a {@code ^} at the beginning stands for itself, as in gmatch
   */
  Pattern get(LuaString text, boolean caretIsByte) {
    boolean asByte = caretIsByte && Pattern.hasCaret(text);
    if (text.m_length > LONGEST) {
      return new Pattern(text, asByte);
    }
    int slot = text.hashCode() & slots.length - 1;
    Pattern known = slots[slot];
    if (known == null || !known.isOf(text, asByte)) {
      boolean whole = text.m_bytes.length == text.m_length; // else it might keep a long text alive
      known =
          slots[slot] = new Pattern(whole ? text : LuaString.valueUsing(text.toBytes()), asByte);
    }
    return known;
  }
}
