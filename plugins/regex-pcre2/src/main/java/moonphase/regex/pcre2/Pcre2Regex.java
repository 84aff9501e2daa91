package moonphase.regex.pcre2;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import moonphase.spi.Captures;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine.Option;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;

/**
 * A compiled pattern; its memory is freed when it is no longer reachable.
 *
 * <p>Threads: the pattern is read-only. Match data is used by one call at a time: a call takes the
 * spare one, or makes its own while another call has it.
 */
@SuppressWarnings("restricted") // memory that PCRE2 gave is given back by PCRE2
final class Pcre2Regex implements Regex {
  private final Library library;
  private final String pattern;
  private final MemorySegment code;
  private final boolean dfa;
  private final int groups;
  private final List<String> names;
  private final AtomicReference<@Nullable MatchData> spare = new AtomicReference<>();

  /** What one match writes to. */
  private record MatchData(MemorySegment data, MemorySegment ovector, MemorySegment workspace) {}

  Pcre2Regex(Library library, String pattern, Set<Option> options) {
    this.library = library;
    this.pattern = pattern;
    this.dfa = options.contains(Option.DFA);
    this.code = compile(library, pattern, Pcre2.bits(options));
    if (options.contains(Option.JIT) && !dfa) {
      jit();
    }
    this.groups = info(Pcre2.INFO_CAPTURECOUNT);
    this.names = readNames();
  }

  private static MemorySegment compile(Library library, String pattern, int bits) {
    byte[] text = pattern.getBytes(StandardCharsets.ISO_8859_1);
    int[] error = new int[1];
    long[] offset = new long[1];
    MemorySegment code;
    try {
      code =
          (MemorySegment)
              library.compile.invokeExact(
                  MemorySegment.ofArray(text),
                  (long) text.length,
                  bits,
                  MemorySegment.ofArray(error),
                  MemorySegment.ofArray(offset),
                  MemorySegment.NULL);
    } catch (Throwable e) {
      throw Library.failed(e);
    }
    if (code.address() == 0) {
      throw new RegexException(library.message(error[0]), error[0], (int) offset[0]);
    }
    return code.reinterpret(Arena.ofAuto(), library::freeCode);
  }

  private void jit() {
    try {
      int result = (int) library.jitCompile.invokeExact(code, Pcre2.JIT_COMPLETE);
      assert result <= 0 : result; // without machine code the interpreter matches
    } catch (Throwable e) {
      throw Library.failed(e);
    }
  }

  private int info(int what) {
    int[] value = new int[1];
    try {
      int result = (int) library.patternInfo.invokeExact(code, what, MemorySegment.ofArray(value));
      return result == 0 ? value[0] : 0;
    } catch (Throwable e) {
      throw Library.failed(e);
    }
  }

  private List<String> readNames() {
    String[] byNumber = new String[groups];
    Arrays.fill(byNumber, "");
    int count = info(Pcre2.INFO_NAMECOUNT);
    if (count == 0) {
      return List.of(byNumber);
    }
    int size = info(Pcre2.INFO_NAMEENTRYSIZE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment where = arena.allocate(ADDRESS);
      int result = (int) library.patternInfo.invokeExact(code, Pcre2.INFO_NAMETABLE, where);
      MemorySegment table = where.get(ADDRESS, 0).reinterpret((long) count * size);
      for (long at = 0; result == 0 && at < table.byteSize(); at += size) {
        int number = (table.get(JAVA_BYTE, at) & 0xff) << 8 | (table.get(JAVA_BYTE, at + 1) & 0xff);
        byNumber[number - 1] = table.getString(at + 2, StandardCharsets.ISO_8859_1);
      }
    } catch (Throwable e) {
      throw Library.failed(e);
    }
    return List.of(byNumber);
  }

  @Override
  public String pattern() {
    return pattern;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public @Nullable Captures match(String subject) {
    byte[] bytes = subject.getBytes(StandardCharsets.ISO_8859_1);
    int[] captures = new int[(groups + 1) * 2];
    return match(bytes, 0, bytes.length, 0, captures) == 0 ? null : new Captures(subject, captures);
  }

  @Override
  public int match(byte[] subject, int offset, int length, int from, int[] captures) {
    MatchData data = spare.getAndSet(null);
    if (data == null) {
      data = newMatchData();
    }
    try {
      return match(data, subject, offset, length, from, captures);
    } finally {
      spare.lazySet(data);
    }
  }

  private int match(
      MatchData data, byte[] subject, int offset, int length, int from, int[] captures) {
    MemorySegment text = MemorySegment.ofArray(subject).asSlice(offset, length);
    int result = run(data, text, length, from, 0);
    if (result == Pcre2.JIT_STACK_LIMIT) {
      result = run(data, text, length, from, Pcre2.NO_JIT);
    }
    Arrays.fill(captures, -1);
    if (result == Pcre2.NO_MATCH) {
      return 0;
    }
    if (result < 0) {
      String call = dfa ? "pcre2_dfa_match()" : "pcre2_match()";
      throw new RegexException(call + " failed: " + result, result, -1);
    }
    int set = dfa || result == 0 ? 1 : result;
    for (int i = 0; i < set * 2 && i < captures.length; i++) {
      captures[i] = (int) data.ovector.getAtIndex(JAVA_LONG, i);
    }
    return set;
  }

  private int run(MatchData data, MemorySegment text, int length, int from, int options) {
    try {
      return dfa
          ? (int)
              library.dfaMatch.invokeExact(
                  code,
                  text,
                  (long) length,
                  (long) from,
                  0,
                  data.data,
                  MemorySegment.NULL,
                  data.workspace,
                  (long) Pcre2.DFA_WORKSPACE)
          : (int)
              library.match.invokeExact(
                  code, text, (long) length, (long) from, options, data.data, MemorySegment.NULL);
    } catch (Throwable e) {
      throw Library.failed(e);
    }
  }

  private MatchData newMatchData() {
    try {
      Arena arena = Arena.ofAuto();
      MemorySegment data =
          ((MemorySegment) library.matchDataCreate.invokeExact(groups + 1, MemorySegment.NULL))
              .reinterpret(arena, library::freeMatchData);
      MemorySegment ovector = (MemorySegment) library.ovector.invokeExact(data);
      MemorySegment workspace =
          dfa ? arena.allocate(JAVA_INT, Pcre2.DFA_WORKSPACE) : MemorySegment.NULL;
      return new MatchData(data, ovector.reinterpret((groups + 1) * 16L), workspace);
    } catch (Throwable e) {
      throw Library.failed(e);
    }
  }
}
