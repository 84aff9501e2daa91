package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code string.gsub}. One call; one thread.
 *
 * <p>Source: Lua 5.1 manual 5.4. A {@code %} before a byte that is no digit stands for that byte,
 * and one at the very end of a replacement for a zero byte, as LuaJIT has it. A yield in a function
 * or metamethod called for a replacement is refused.
 */
final class GlobalSubstitution {
  private final PatternMatcher matcher;
  private final LuaString subject;
  private final LuaValue replacement;
  private final boolean verbatim;
  private final ByteBuilder out;

  private GlobalSubstitution(PatternMatcher matcher, LuaString subject, LuaValue replacement) {
    this.matcher = matcher;
    this.subject = subject;
    this.replacement = replacement;
    this.verbatim = replacement instanceof LuaString r && r.indexOf((byte) '%', 0) < 0;
    this.out = new ByteBuilder(subject.m_length + 32);
  }

  static Varargs gsub(Varargs args) {
    LuaString subject = args.checkstring(1);
    LuaString pattern = args.checkstring(2);
    LuaValue replacement = args.arg(3);
    if (replacement instanceof LuaNumber n) {
      replacement = n.strvalue();
    } else if (!(replacement instanceof LuaString)
        && !(replacement instanceof LuaTable)
        && !(replacement instanceof LuaFunction)) {
      throw LuaError.argument(3, "string/function/table expected");
    }
    int limit = Arguments.integer(args, 4, Integer.MAX_VALUE);
    PatternMatcher matcher = new PatternMatcher(subject, pattern);
    GlobalSubstitution it = new GlobalSubstitution(matcher, subject, replacement);
    if (replacement instanceof LuaString) {
      return it.run(pattern, limit);
    }
    LuaThread thread = Globals.current().running;
    thread.beginUnyieldable();
    Varargs results = it.run(pattern, limit);
    thread.endUnyieldable();
    return results;
  }

  private Varargs run(LuaString pattern, int limit) {
    int p = pattern.m_offset;
    boolean anchored = pattern.m_length > 0 && pattern.m_bytes[p] == '^';
    if (anchored) {
      p++;
    }
    int end = subject.m_offset + subject.m_length;
    int at = subject.m_offset;
    int copied = at;
    int count = 0;
    while (count < limit) {
      int start = at;
      int stop;
      if (anchored) {
        stop = matcher.match(at, p);
      } else {
        start = matcher.search(at, p);
        stop = start < 0 ? -1 : matcher.end;
      }
      if (stop < 0) {
        break;
      }
      count++;
      out.append(subject.m_bytes, copied, start - copied);
      replace(start, stop);
      copied = stop;
      at = stop;
      if (stop == start) {
        if (start >= end) {
          break;
        }
        at++;
      }
      if (anchored) {
        break;
      }
    }
    if (count == 0) {
      return LuaValue.varargsOf(subject, LuaValue.ZERO);
    }
    out.append(subject.m_bytes, copied, end - copied);
    Globals.current().checkStringLength(out.length());
    return LuaValue.varargsOf(out.finish(), LuaValue.valueOf(count));
  }

  private void replace(int start, int stop) {
    if (replacement instanceof LuaString r) {
      if (verbatim) {
        out.append(r);
      } else {
        expand(r, start, stop);
      }
      return;
    }
    LuaValue value;
    if (replacement instanceof LuaTable table) {
      value = table.get(matcher.capture(0, start, stop));
    } else if (matcher.captures() <= 1) {
      value = replacement.call(matcher.capture(0, start, stop));
    } else {
      value = replacement.invoke(matcher.captures(start, stop)).arg1();
    }
    if (!value.toboolean()) {
      out.append(subject.m_bytes, start, stop - start);
    } else if (value instanceof LuaString s) {
      out.append(s);
    } else if (value instanceof LuaNumber n) {
      out.append(n.strvalue());
    } else {
      throw new LuaError("invalid replacement value (a " + value.typename() + ")");
    }
  }

  /** Appends a replacement with its {@code %0} to {@code %9} filled in. */
  private void expand(LuaString r, int start, int stop) {
    byte[] bytes = r.m_bytes;
    for (int i = r.m_offset, end = i + r.m_length; i < end; i++) {
      int c = bytes[i];
      if (c != '%') {
        out.append(c);
        continue;
      }
      c = ++i < end ? bytes[i] : 0;
      if (c < '0' || c > '9') {
        out.append(c);
      } else if (c == '0') {
        out.append(subject.m_bytes, start, stop - start);
      } else {
        matcher.appendCapture(out, c - '1', start, stop);
      }
    }
  }
}
