package moonphase.shdict;

import java.util.List;
import java.util.Locale;
import moonphase.lua.LuaText;
import moonphase.spi.SharedDict;
import moonphase.spi.SharedDict.Entry;
import moonphase.spi.SharedDict.Mode;
import moonphase.spi.SharedDict.Outcome;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * The methods of {@code ngx.shared.DICT}. The VM's thread, stateless.
 *
 * <p>Source: lua-resty-core's resty.core.shdict for arguments, results and texts.
 */
final class DictMethods {
  private static final int LONGEST_KEY = 65_535;
  private static final int DEFAULT_KEYS = 1024;

  private DictMethods() {}

  /** What a method does with its dictionary. */
  @FunctionalInterface
  private interface Method {
    Varargs call(SharedDict dict, Varargs args);
  }

  /** What a method does with a key. */
  @FunctionalInterface
  private interface KeyMethod {
    Varargs call(SharedDict dict, String key, Varargs args);
  }

  /** The object that stands for a dictionary in a VM. */
  static LuaTable dict(SharedDict dict, LuaTable methods) {
    LuaTable object = new LuaTable();
    object.rawset(1, new LuaUserdata(dict));
    object.setmetatable(methods);
    return object;
  }

  private static SharedDict self(LuaValue value) {
    if (value.istable() && value.checktable().rawget(1).touserdata() instanceof SharedDict dict) {
      return dict;
    }
    throw new LuaError("bad \"zone\" argument");
  }

  private static Varargs failed(String error) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua(error));
  }

  private static long millis(LuaValue seconds, String name) {
    double value = seconds.checkdouble();
    if (value < 0) {
      throw new LuaError("bad \"" + name + "\" argument");
    }
    return (long) (value * 1000);
  }

  /** A value as the store keeps it; null for nil. */
  private static @Nullable Object stored(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TNIL -> null;
      case LuaValue.TBOOLEAN -> value.toboolean();
      case LuaValue.TNUMBER -> value.todouble();
      case LuaValue.TSTRING -> {
        LuaString s = value.checkstring();
        byte[] copy = new byte[s.m_length];
        System.arraycopy(s.m_bytes, s.m_offset, copy, 0, s.m_length);
        yield copy;
      }
      default -> throw new IllegalArgumentException(value.typename());
    };
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case byte[] bytes -> LuaText.lua(bytes);
      case Boolean flag -> LuaValue.valueOf(flag);
      case Double number -> LuaValue.valueOf(number);
      default -> throw new IllegalStateException("a store gave a " + value.getClass());
    };
  }

  private static Method keyed(KeyMethod method) {
    return (dict, args) -> {
      LuaValue key = args.arg(2);
      if (key.isnil()) {
        return failed("nil key");
      }
      String text = LuaText.latin1(key.tostring());
      if (text.isEmpty()) {
        return failed("empty key");
      }
      if (text.length() > LONGEST_KEY) {
        return failed("key too long");
      }
      return method.call(dict, text, args);
    };
  }

  private static Method store(Mode mode, boolean safe) {
    return keyed((dict, key, args) -> {
      long millis = args.arg(4).isnil() ? 0 : millis(args.arg(4), "exptime");
      int flags = args.optint(5, 0);
      Object value;
      try {
        value = stored(args.arg(3));
      } catch (IllegalArgumentException e) {
        return failed("bad value type");
      }
      if (value == null && mode != Mode.SET) {
        return failed("attempt to add or replace nil values");
      }
      Outcome outcome = dict.put(key, value, millis, flags, mode, safe);
      return LuaValue.varargsOf(
          LuaValue.valueOf(outcome.isDone()),
          outcome.isDone() ? LuaValue.NIL : LuaText.lua(outcome.error()),
          LuaValue.valueOf(outcome.isForcible()));
    });
  }

  private static Varargs get(SharedDict dict, String key, boolean stale) {
    Entry entry;
    try {
      entry = dict.get(key, stale);
    } catch (IllegalStateException list) {
      return failed("value is a list");
    }
    if (entry == null) {
      return LuaValue.NIL;
    }
    LuaValue flags = entry.flags() == 0 ? LuaValue.NIL : LuaValue.valueOf(entry.flags());
    LuaValue value = lua(entry.value());
    if (stale) {
      return LuaValue.varargsOf(value, flags, LuaValue.valueOf(entry.isStale()));
    }
    return entry.flags() == 0 ? value : LuaValue.varargsOf(value, flags);
  }

  private static Varargs increment(SharedDict dict, String key, Varargs args) {
    LuaValue by = args.arg(3).tonumber();
    if (by.isnil()) {
      throw new LuaError("bad value arg: number expected, got " + args.arg(3).typename());
    }
    LuaValue init = args.arg(4).isnil() ? LuaValue.NIL : args.arg(4).tonumber();
    if (init.isnil() && !args.arg(4).isnil()) {
      throw new LuaError("bad init arg: number expected, got " + args.arg(4).typename());
    }
    if (init.isnil() && !args.arg(5).isnil()) {
      throw new LuaError("must provide \"init\" when providing \"init_ttl\"");
    }
    long millis = args.arg(5).isnil() ? 0 : millis(args.arg(5), "init_ttl");
    Outcome outcome =
        dict.increment(key, by.todouble(), init.isnil() ? null : init.todouble(), millis);
    if (!outcome.isDone()) {
      return failed(outcome.error());
    }
    LuaValue sum = LuaValue.valueOf(outcome.number());
    return init.isnil()
        ? sum
        : LuaValue.varargsOf(sum, LuaValue.NIL, LuaValue.valueOf(outcome.isForcible()));
  }

  private static Varargs push(SharedDict dict, String key, LuaValue value, boolean left) {
    if (value.type() != LuaValue.TSTRING && value.type() != LuaValue.TNUMBER) {
      return failed("bad value type");
    }
    Outcome outcome = dict.push(key, java.util.Objects.requireNonNull(stored(value)), left);
    return outcome.isDone() ? LuaValue.valueOf(outcome.number()) : failed(outcome.error());
  }

  private static Varargs pop(SharedDict dict, String key, boolean left) {
    try {
      Object value = dict.pop(key, left);
      return value == null ? LuaValue.NIL : lua(value);
    } catch (IllegalStateException e) {
      return failed("value not a list");
    }
  }

  private static Varargs length(SharedDict dict, String key) {
    Outcome outcome = dict.length(key);
    return outcome.isDone() ? LuaValue.valueOf(outcome.number()) : failed(outcome.error());
  }

  private static Varargs millisToLive(SharedDict dict, String key) {
    long millis = dict.millisToLive(key);
    return millis < 0 ? failed("not found") : LuaValue.valueOf(millis / 1000.0);
  }

  private static Varargs expire(SharedDict dict, String key, Varargs args) {
    if (args.arg(3).isnil()) {
      throw new LuaError("bad \"exptime\" argument");
    }
    return dict.expire(key, millis(args.arg(3), "exptime")) ? LuaValue.TRUE : failed("not found");
  }

  private static Varargs keys(SharedDict dict, Varargs args) {
    List<String> keys = dict.keys(count(args, DEFAULT_KEYS));
    LuaTable table = new LuaTable(keys.size(), 0);
    for (int i = 0; i < keys.size(); i++) {
      table.rawset(i + 1, LuaText.lua(keys.get(i)));
    }
    return table;
  }

  private static int count(Varargs args, int byDefault) {
    int count = args.optint(2, byDefault);
    if (count < 0) {
      throw new LuaError("bad \"max_count\" argument");
    }
    return count;
  }

  private static void add(LuaTable methods, String name, Method method) {
    methods.rawset(
        LuaText.lua(name),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            return method.call(self(args.arg1()), args);
          }

          @Override
          public String name() {
            return name.toLowerCase(Locale.ROOT);
          }
        });
  }

  /** The metatable of the dictionaries of one VM. */
  static LuaTable table() {
    LuaTable methods = new LuaTable();
    methods.rawset(LuaText.lua("__index"), methods);
    add(methods, "get", keyed((dict, key, args) -> get(dict, key, false)));
    add(methods, "get_stale", keyed((dict, key, args) -> get(dict, key, true)));
    add(methods, "set", store(Mode.SET, false));
    add(methods, "safe_set", store(Mode.SET, true));
    add(methods, "add", store(Mode.ADD, false));
    add(methods, "safe_add", store(Mode.ADD, true));
    add(methods, "replace", store(Mode.REPLACE, false));
    add(
        methods,
        "delete",
        keyed((dict, key, args) ->
            LuaValue.valueOf(dict.put(key, null, 0, 0, Mode.SET, false).isDone())));
    add(methods, "incr", keyed(DictMethods::increment));
    add(methods, "lpush", keyed((dict, key, args) -> push(dict, key, args.arg(3), true)));
    add(methods, "rpush", keyed((dict, key, args) -> push(dict, key, args.arg(3), false)));
    add(methods, "lpop", keyed((dict, key, args) -> pop(dict, key, true)));
    add(methods, "rpop", keyed((dict, key, args) -> pop(dict, key, false)));
    add(methods, "llen", keyed((dict, key, args) -> length(dict, key)));
    add(methods, "ttl", keyed((dict, key, args) -> millisToLive(dict, key)));
    add(methods, "expire", keyed(DictMethods::expire));
    add(
        methods,
        "flush_all",
        (dict, args) -> {
          dict.flushAll();
          return LuaValue.NONE;
        });
    add(
        methods,
        "flush_expired",
        (dict, args) -> LuaValue.valueOf(dict.flushExpired(count(args, 0))));
    add(methods, "get_keys", DictMethods::keys);
    add(methods, "capacity", (dict, args) -> LuaValue.valueOf((double) dict.capacity()));
    add(methods, "free_space", (dict, args) -> LuaValue.valueOf((double) dict.freeSpace()));
    return methods;
  }
}
