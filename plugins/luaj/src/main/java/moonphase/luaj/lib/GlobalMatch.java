package moonphase.luaj.lib;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The iterator that {@code string.gmatch} returns. One thread.
 *
 * <p>An empty match right after another match counts, as in Lua 5.1: {@code ("one
 * two"):gmatch("%a*")} gives {@code one}, nothing, {@code two}, nothing. A leading {@code ^} stands
 * for itself.
 */
final class GlobalMatch extends LibraryFunction {
  private final PatternMatcher matcher;
  private final int subjectEnd;
  private int next;

  GlobalMatch(LuaString subject, PatternMatcher matcher) {
    super("gmatch_aux");
    this.matcher = matcher;
    this.next = subject.m_offset;
    this.subjectEnd = subject.m_offset + subject.m_length;
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return advance().arg1();
  }

  @Override
  public Varargs invoke(Varargs args) {
    return advance();
  }

  private Varargs advance() {
    if (next > subjectEnd) {
      return LuaValue.NONE;
    }
    int at = matcher.search(next);
    if (at < 0) {
      next = subjectEnd + 1;
      return LuaValue.NONE;
    }
    int end = matcher.end;
    next = end == at ? end + 1 : end;
    return matcher.captures(at, end);
  }
}
