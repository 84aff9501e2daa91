package moonphase.kernel.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import moonphase.spi.Errno;

/**
 * Functions of the C library. Any thread; the library is looked at when the first of them is
 * called.
 *
 * <p>Source: the manual pages of the functions, section 2 and 3, of Linux on 64 bits.
 */
@SuppressWarnings("restricted") // the native calls are what this class is for
final class Libc {
  /** The system's number for a function that it does not have. */
  static final int ENOSYS = 38;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc() {}

  /**
   * Calls a function whose arguments are int, long, String (Latin-1) or MemorySegment, and which
   * returns int.
   *
   * @return what it returned; -errno if that was -1, -{@link #ENOSYS} if there is no such function
   */
  static int call(String function, Object... arguments) {
    Optional<MemorySegment> address = address(function);
    if (address.isEmpty()) {
      return -ENOSYS;
    }
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    try (Arena arena = Arena.ofConfined()) {
      Object[] all = new Object[arguments.length + 1];
      MemorySegment state = arena.allocate(STATE);
      all[0] = state;
      for (int i = 0; i < arguments.length; i++) {
        all[i + 1] =
            arguments[i] instanceof String text
                ? arena.allocateFrom(text, StandardCharsets.ISO_8859_1)
                : arguments[i];
        layouts[i] = layout(all[i + 1]);
      }
      int result = (int) handle(address.get(), layouts).invokeWithArguments(all);
      return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Calls a function that finds something by its name.
   *
   * @param bytes how much of what it returns may be read
   * @return the null address for nothing; overwritten by the next call
   * @throws SystemException if there is no such function
   */
  static MemorySegment find(String function, String name, long bytes) throws SystemException {
    Optional<MemorySegment> address = address(function);
    if (address.isEmpty()) {
      throw SystemException.of(function + "(\"" + name + "\")", ENOSYS);
    }
    MethodHandle handle =
        LINKER.downcallHandle(address.get(), FunctionDescriptor.of(ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
      MemorySegment found = (MemorySegment) handle.invokeExact(text);
      return found.address() == 0 ? found : found.reinterpret(bytes);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number and text of an error, as nginx writes them. */
  static String reason(int errno) {
    Optional<MemorySegment> address = address("strerror");
    if (address.isEmpty()) {
      return Errno.of(errno).toString();
    }
    MethodHandle handle =
        LINKER.downcallHandle(address.get(), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    try {
      MemorySegment text = (MemorySegment) handle.invokeExact(errno);
      return errno + ": " + text.reinterpret(256).getString(0, StandardCharsets.ISO_8859_1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<MemorySegment> address(String function) {
    return LINKER.defaultLookup().find(function);
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Integer number -> JAVA_INT;
      case Long number -> JAVA_LONG;
      case MemorySegment segment -> ADDRESS;
      default -> throw new IllegalArgumentException(argument.toString());
    };
  }

  private static MethodHandle handle(MemorySegment address, MemoryLayout... layouts) {
    return LINKER.downcallHandle(
        address, FunctionDescriptor.of(JAVA_INT, layouts), Linker.Option.captureCallState("errno"));
  }
}
