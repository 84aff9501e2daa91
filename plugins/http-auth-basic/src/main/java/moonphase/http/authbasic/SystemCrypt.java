package moonphase.http.authbasic;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The C library's crypt(3), for the methods that only it has: bcrypt and yescrypt where libxcrypt
 * is installed. Any thread; blocks for as long as the method wants.
 */
@SuppressWarnings("restricted")
final class SystemCrypt {
  private static final long DATA_BYTES = 32768;
  private static final int MAX_RESULT = 384;
  private static final Optional<MethodHandle> CRYPT = load();

  private SystemCrypt() {}

  private static Optional<MethodHandle> load() {
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
    try {
      return SymbolLookup.libraryLookup("libcrypt.so.1", Arena.global())
          .find("crypt_r")
          .map(address -> Linker.nativeLinker().downcallHandle(address, signature));
    } catch (IllegalArgumentException notInstalled) {
      return Optional.empty();
    }
  }

  /**
   * Encrypts a password.
   *
   * @param key without zero bytes
   * @param setting the stored password, whose beginning names method and salt
   * @return what equals {@code setting} if the key is right
   * @throws IllegalArgumentException if the library is absent or does not know the method
   */
  static String crypt(byte[] key, String setting) {
    MethodHandle crypt =
        CRYPT.orElseThrow(() -> new IllegalArgumentException("there is no libcrypt"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result =
          (MemorySegment)
              crypt.invokeExact(
                  terminated(arena, key),
                  terminated(arena, setting.getBytes(StandardCharsets.ISO_8859_1)),
                  arena.allocate(DATA_BYTES, 16));
      if (result.equals(MemorySegment.NULL)) {
        throw new IllegalArgumentException("the method is unknown, or its salt malformed");
      }
      return result.reinterpret(MAX_RESULT).getString(0, StandardCharsets.ISO_8859_1);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a C function throws nothing", impossible);
    }
  }

  private static MemorySegment terminated(Arena arena, byte[] bytes) {
    MemorySegment copy = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return copy;
  }
}
