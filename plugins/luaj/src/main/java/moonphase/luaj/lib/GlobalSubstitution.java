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
  private final Globals vm;
  private final LuaString subject;
  private final PatternMatcher matcher;
  private final LuaValue replacement;
  private final boolean verbatim;
  private int count;

  /** Prepares what {@link #run} does; the replacement is a string, a table or a function. */
  GlobalSubstitution(Globals vm, LuaString subject, PatternMatcher matcher, LuaValue replacement) {
    this.vm = vm;
    this.subject = subject;
    this.matcher = matcher;
    this.replacement = replacement;
    this.verbatim = replacement instanceof LuaString r && r.indexOf((byte) '%', 0) < 0;
  }

  /** Returns the third argument, with the error of one that is of no use. */
  static LuaValue replacement(Varargs args) {
    LuaValue v = args.arg(3);
    if (v instanceof LuaNumber n) {
      return n.strvalue();
    }
    if (v instanceof LuaString || v instanceof LuaTable || v instanceof LuaFunction) {
      return v;
    }
    throw LuaError.argument(3, "string/function/table expected");
  }

  /** Returns how many matches were replaced. */
  int count() {
    return count;
  }

  /** Returns the subject with so many matches replaced. */
  LuaString run(int limit) {
    if (replacement instanceof LuaString) {
      return substitute(limit);
    }
    LuaThread thread = vm.running;
    thread.beginUnyieldable();
    LuaString result = substitute(limit);
    thread.endUnyieldable();
    return result;
  }

  private LuaString substitute(int limit) {
    int end = subject.m_offset + subject.m_length;
    int at = subject.m_offset;
    int copied = at;
    ByteBuilder out = null;
    while (count < limit) {
      int start = matcher.search(at);
      if (start < 0) {
        break;
      }
      int stop = matcher.end;
      if (out == null) {
        out = new ByteBuilder(subject.m_length + 32, vm);
      }
      count++;
      out.append(subject.m_bytes, copied, start - copied);
      replace(out, start, stop);
      copied = stop;
      at = stop;
      if (stop == start) {
        if (start >= end) {
          break;
        }
        at++;
      }
      if (matcher.isAnchored()) {
        break;
      }
    }
    if (out == null) {
      return subject;
    }
    out.append(subject.m_bytes, copied, end - copied);
    return out.finish();
  }

  private void replace(ByteBuilder out, int start, int stop) {
    if (replacement instanceof LuaString r) {
      if (verbatim) {
        out.append(r);
      } else {
        expand(out, r, start, stop);
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
  private void expand(ByteBuilder out, LuaString r, int start, int stop) {
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
