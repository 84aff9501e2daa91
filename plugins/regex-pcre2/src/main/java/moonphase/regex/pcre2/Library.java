package moonphase.regex.pcre2;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The functions of libpcre2-8 that are used here. Any thread.
 *
 * <p>Source: pcre2api(3), PCRE2 10.x.
 */
@SuppressWarnings("restricted") // the native calls are what this class is for
final class Library {
  private static final List<String> NAMES =
      List.of("libpcre2-8.so.0", "libpcre2-8.0.dylib", "libpcre2-8.so", "pcre2-8.dll");

  final MethodHandle compile;
  final MethodHandle jitCompile;
  final MethodHandle patternInfo;
  final MethodHandle matchDataCreate;
  final MethodHandle match;
  final MethodHandle dfaMatch;
  final MethodHandle ovector;
  private final MethodHandle codeFree;
  private final MethodHandle matchDataFree;
  private final MethodHandle errorMessage;
  private final MethodHandle config;

  /**
   * Loads the library.
   *
   * @throws IllegalStateException if it is not on this machine
   */
  Library() {
    SymbolLookup lookup = find();
    compile =
        bind(lookup, "compile", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    jitCompile = bind(lookup, "jit_compile", JAVA_INT, ADDRESS, JAVA_INT);
    patternInfo = bind(lookup, "pattern_info", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    matchDataCreate = bind(lookup, "match_data_create", ADDRESS, JAVA_INT, ADDRESS);
    match =
        bind(
            lookup, "match", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS,
            ADDRESS);
    dfaMatch =
        bind(
            lookup,
            "dfa_match",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG);
    ovector = bind(lookup, "get_ovector_pointer", ADDRESS, ADDRESS);
    codeFree = bindVoid(lookup, "code_free");
    matchDataFree = bindVoid(lookup, "match_data_free");
    errorMessage = bind(lookup, "get_error_message", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
    config = bind(lookup, "config", JAVA_INT, JAVA_INT, ADDRESS);
  }

  private static SymbolLookup find() {
    for (String name : NAMES) {
      try {
        return SymbolLookup.libraryLookup(name, Arena.global());
      } catch (IllegalArgumentException absent) {
        continue; // the next name may be this system's
      }
    }
    throw new IllegalStateException("libpcre2-8 was not found; install it (Debian: libpcre2-8-0)");
  }

  private static MethodHandle bind(
      SymbolLookup lookup,
      String name,
      java.lang.foreign.MemoryLayout result,
      java.lang.foreign.MemoryLayout... arguments) {
    // critical: heap arrays are passed as they are, and a call costs nanoseconds
    return Linker.nativeLinker()
        .downcallHandle(
            lookup.findOrThrow("pcre2_" + name + "_8"),
            FunctionDescriptor.of(result, arguments),
            Linker.Option.critical(true));
  }

  private static MethodHandle bindVoid(SymbolLookup lookup, String name) {
    return Linker.nativeLinker()
        .downcallHandle(
            lookup.findOrThrow("pcre2_" + name + "_8"), FunctionDescriptor.ofVoid(ADDRESS));
  }

  /** PCRE2's version, for example {@code 10.42 2022-12-11}. */
  String version() {
    try {
      byte[] text = new byte[64];
      int length = (int) config.invokeExact(Pcre2.CONFIG_VERSION, MemorySegment.ofArray(text));
      return new String(text, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** PCRE2's words for an error number. */
  String message(int code) {
    try {
      byte[] text = new byte[256];
      int length = (int) errorMessage.invokeExact(code, MemorySegment.ofArray(text), 256L);
      return new String(text, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Frees a compiled pattern; for a cleaner. */
  void freeCode(MemorySegment code) {
    try {
      codeFree.invokeExact(code);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Frees match data; for a cleaner. */
  void freeMatchData(MemorySegment data) {
    try {
      matchDataFree.invokeExact(data);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** What a downcall handle cannot throw, except for an Error. */
  static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException r ? r : new IllegalStateException(e);
  }
}
