package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code string.find}, {@code match}, {@code gmatch} and {@code gsub} of one VM, which shares the
 * patterns they have read. The thread that runs the VM.
 *
 * <p>The shapes of a call that strings and numbers alone make, and of which one result is wanted,
 * get by without lists of arguments and results.
 */
final class PatternFunctions {
  private final Globals vm;
  private final PatternCache patterns = new PatternCache();

  PatternFunctions(Globals vm) {
    this.vm = vm;
  }

  LuaTable into(LuaTable string) {
    return LibraryFunction.into(
        string,
        new Search("find", true),
        new Search("match", false),
        LibraryFunction.of("gmatch", this::gmatch),
        new Substitute());
  }

  private PatternMatcher matcher(LuaString subject, LuaString pattern) {
    return new PatternMatcher(subject, patterns.get(pattern, false), vm.budget);
  }

  private LuaValue gmatch(Varargs args) {
    LuaString subject = args.checkstring(1);
    Pattern pattern = patterns.get(args.checkstring(2), true);
    return new GlobalMatch(subject, new PatternMatcher(subject, pattern, vm.budget));
  }

  /** {@code find}, or {@code match}. */
  private final class Search extends LibraryFunction {
    private final boolean find;

    Search(String name, boolean find) {
      super(name);
      this.find = find;
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return a instanceof LuaString s && b instanceof LuaString p
          ? first(s, p, 0)
          : super.call(a, b);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      if (a instanceof LuaString s && b instanceof LuaString p && c instanceof LuaInteger i) {
        int from = StringLibrary.first(i.v, s.m_length);
        return from > s.m_length ? NIL : first(s, p, from);
      }
      return super.call(a, b, c);
    }

    private LuaValue first(LuaString s, LuaString pattern, int from) {
      if (find && isPlain(pattern)) {
        StringLibrary.count(s.m_length - from);
        int at = s.indexOf(pattern, from);
        return at < 0 ? NIL : LuaInteger.valueOf(at + 1);
      }
      Pattern p = patterns.get(pattern, false);
      if (p.single) {
        int at = single(s, p, from);
        return at < 0 ? NIL : find ? position(s, at) : piece(s, p, at);
      }
      PatternMatcher matcher = new PatternMatcher(s, p, vm.budget);
      int at = matcher.search(s.m_offset + from);
      if (at < 0) {
        return NIL;
      }
      if (p.captures == 0) {
        return find ? position(s, at) : matcher.piece(at, matcher.end);
      }
      return (find ? matcher.found(at, matcher.end) : matcher.captures(at, matcher.end)).arg1();
    }

    private int single(LuaString s, Pattern p, int from) {
      int start = s.m_offset + from;
      int end = s.m_offset + s.m_length;
      int at = p.find(s.m_bytes, start, end);
      StringLibrary.count((at < 0 ? end : at) - start);
      return at;
    }

    private LuaValue position(LuaString s, int at) {
      return LuaInteger.valueOf(at - s.m_offset + 1);
    }

    private int end(LuaString s, Pattern p, int at) {
      int end = p.end(s.m_bytes, at, s.m_offset + s.m_length);
      StringLibrary.count(end - at);
      return end;
    }

    private LuaValue piece(LuaString s, Pattern p, int at) {
      return PatternMatcher.piece(s, at, end(s, p, at));
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaString s = args.checkstring(1);
      LuaString pattern = args.checkstring(2);
      int from = StringLibrary.first(Arguments.integer(args, 3, 1), s.m_length);
      if (from > s.m_length) {
        return NIL;
      }
      if (find && (args.arg(4).toboolean() || isPlain(pattern))) {
        StringLibrary.count(s.m_length - from);
        int at = s.indexOf(pattern, from);
        return at < 0
            ? NIL
            : varargsOf(LuaInteger.valueOf(at + 1), LuaInteger.valueOf(at + pattern.m_length));
      }
      Pattern p = patterns.get(pattern, false);
      if (p.single) {
        int at = single(s, p, from);
        if (at < 0) {
          return NIL;
        }
        return find
            ? varargsOf(position(s, at), LuaInteger.valueOf(end(s, p, at) - s.m_offset))
            : piece(s, p, at);
      }
      PatternMatcher matcher = new PatternMatcher(s, p, vm.budget);
      int at = matcher.search(s.m_offset + from);
      if (at < 0) {
        return NIL;
      }
      return find ? matcher.found(at, matcher.end) : matcher.captures(at, matcher.end);
    }
  }

  /** {@code gsub}. */
  private final class Substitute extends LibraryFunction {
    Substitute() {
      super("gsub");
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      if (a instanceof LuaString s
          && b instanceof LuaString p
          && (c instanceof LuaString || c.istable() || c.isfunction())) {
        return new GlobalSubstitution(vm, s, matcher(s, p), c).run(Integer.MAX_VALUE);
      }
      return super.call(a, b, c);
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaString subject = args.checkstring(1);
      LuaString pattern = args.checkstring(2);
      LuaValue replacement = GlobalSubstitution.replacement(args);
      int limit = Arguments.integer(args, 4, Integer.MAX_VALUE);
      GlobalSubstitution it =
          new GlobalSubstitution(vm, subject, matcher(subject, pattern), replacement);
      return varargsOf(it.run(limit), LuaInteger.valueOf(it.count()));
    }
  }

  /** Tells whether a pattern has none of the bytes that mean something. */
  private static boolean isPlain(LuaString pattern) {
    for (int i = pattern.m_offset, end = i + pattern.m_length; i < end; i++) {
      switch (pattern.m_bytes[i]) {
        case '^', '$', '*', '+', '?', '.', '(', '[', '%', '-' -> {
          return false;
        }
        default -> {}
      }
    }
    return true;
  }
}
