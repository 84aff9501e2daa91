package moonphase.ngx;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.spi.LogLevel;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine;
import moonphase.spi.RegexEngine.Option;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * An expression of {@code ngx.re} with its options. The VM's thread: a match writes to {@code
 * captures}.
 *
 * <p>Source: resty.core.regex.
 */
final class CompiledRegex {
  /** The letters of options that PCRE knows. */
  private static final Map<Character, Option> OPTIONS =
      Map.ofEntries(
          Map.entry('i', Option.CASELESS),
          Map.entry('s', Option.DOTALL),
          Map.entry('m', Option.MULTILINE),
          Map.entry('u', Option.UTF),
          Map.entry('U', Option.UTF_UNCHECKED),
          Map.entry('x', Option.EXTENDED),
          Map.entry('d', Option.DFA),
          Map.entry('a', Option.ANCHORED),
          Map.entry('D', Option.DUPLICATE_NAMES),
          Map.entry('J', Option.JAVASCRIPT),
          Map.entry('j', Option.JIT));

  /** What a pattern that PCRE2 refuses is called by PCRE. */
  private static final Map<String, String> MESSAGES =
      Map.of(
          "missing closing parenthesis", "missing )",
          "unmatched closing parenthesis", "unmatched parentheses",
          "quantifier does not follow a repeatable item", "nothing to repeat",
          "missing terminating ] for character class", "missing terminating ] for character class");

  /** What {@code o} asks for: the expressions of a VM, least recently used ones dropped. */
  private static final LuaVm.Slot<Cache> CACHE = new LuaVm.Slot<>(Cache::new);

  private static final class Cache extends LinkedHashMap<String, CompiledRegex> {
    private static final long serialVersionUID = 1;
    private final int limit;

    Cache(LuaVm vm) {
      super(64, 0.75f, true);
      limit = vm.generation().conf(RegexConf.KEY).cacheEntries();
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, CompiledRegex> eldest) {
      return size() > limit;
    }
  }

  private final Regex regex;
  private final boolean isDfa;
  private final boolean hasDuplicateNames;
  final int[] captures;

  private CompiledRegex(Regex regex, Set<Option> options) {
    this.regex = regex;
    this.isDfa = options.contains(Option.DFA);
    this.hasDuplicateNames = options.contains(Option.DUPLICATE_NAMES);
    this.captures = new int[(regex.groups() + 1) * 2];
  }

  /**
   * Compiles, or finds what was compiled before.
   *
   * @throws LuaError for an unknown option
   * @throws RegexException {@code pcre_compile() failed: ...}
   */
  static CompiledRegex of(RegexEngine engine, LuaRun run, String pattern, String letters) {
    LuaVm vm = run.vm();
    boolean once = letters.indexOf('o') >= 0;
    String key = letters + "\0" + pattern;
    @Nullable CompiledRegex known = once ? vm.slot(CACHE).get(key) : null;
    if (known != null) {
      return known;
    }
    CompiledRegex compiled = compile(engine, vm, pattern, options(letters));
    if (letters.indexOf('j') >= 0) {
      run.log().log(LogLevel.DEBUG, "pcre JIT compiling result: 1");
    }
    if (once) {
      vm.slot(CACHE).put(key, compiled);
    }
    return compiled;
  }

  private static CompiledRegex compile(
      RegexEngine engine, LuaVm vm, String pattern, Set<Option> options) {
    String limit = limit(vm, options);
    try {
      return new CompiledRegex(engine.compile(limit + pattern, options), options);
    } catch (RegexException e) {
      String message = String.valueOf(e.getMessage());
      int offset = Math.max(0, e.offset() - limit.length());
      String at = offset >= pattern.length() ? "" : " at \"" + pattern.substring(offset) + "\"";
      throw new RegexException(
          "pcre_compile() failed: "
              + MESSAGES.getOrDefault(message, message)
              + " in \""
              + pattern
              + "\""
              + at,
          e.code(),
          e.offset());
    }
  }

  /** What PCRE wants to stand before a pattern whose search is limited; DFA has no limit. */
  private static String limit(LuaVm vm, Set<Option> options) {
    int limit = vm.generation().conf(RegexConf.KEY).matchLimit();
    return limit == 0 || options.contains(Option.DFA) ? "" : "(*LIMIT_MATCH=" + limit + ")";
  }

  private static Set<Option> options(String letters) {
    Set<Option> options = EnumSet.noneOf(Option.class);
    for (char letter : letters.toCharArray()) {
      Option option = OPTIONS.get(letter);
      if (option != null) {
        options.add(option);
      } else if (letter != 'o') {
        throw new LuaError("unknown flag \"" + letter + "\" (flags \"" + letters + "\")");
      }
    }
    return options;
  }

  /** How many groups can be told of: DFA matches as a whole. */
  int groups() {
    return isDfa ? 0 : regex.groups();
  }

  /**
   * Matches from a place on.
   *
   * @return how many groups were set; 0 if it does not match
   * @throws RegexException {@code pcre_exec() failed: ...}
   */
  int match(LuaString subject, int from) {
    if (from > subject.m_length) {
      return 0;
    }
    try {
      int count = regex.match(subject.m_bytes, subject.m_offset, subject.m_length, from, captures);
      return isDfa && count > 1 ? 1 : count;
    } catch (RegexException e) {
      throw new RegexException("pcre_exec() failed: " + pcreCode(e.code()), e.code(), -1);
    }
  }

  /** The number that PCRE gave a failure to which PCRE2 gives another. */
  private static int pcreCode(int code) {
    return code == -47 ? -8 : code <= -3 && code >= -28 ? -10 : code;
  }

  /** The captures of the last match as a table. */
  LuaTable table(LuaString subject, int count, @Nullable LuaTable into) {
    LuaTable table = into == null ? new LuaTable(groups(), 0) : into;
    for (int i = 0; i <= groups(); i++) {
      table.rawset(i, group(subject, i, count));
    }
    List<String> names = regex.names();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).isEmpty()) {
        name(table, LuaText.lua(names.get(i)), table.rawget(i + 1));
      }
    }
    return table;
  }

  private void name(LuaTable table, LuaString name, LuaValue value) {
    if (!hasDuplicateNames) {
      table.rawset(name, value);
    } else if (value.toboolean()) {
      LuaValue before = table.rawget(name);
      LuaTable list = before.istable() ? before.checktable() : new LuaTable();
      list.rawset(list.rawlen() + 1, value);
      table.rawset(name, list);
    }
  }

  private LuaValue group(LuaString subject, int i, int count) {
    if (i >= count || captures[i * 2] < 0) {
      return LuaValue.FALSE;
    }
    int from = subject.m_offset + captures[i * 2];
    return LuaString.valueOf(subject.m_bytes, from, captures[i * 2 + 1] - captures[i * 2]);
  }
}
