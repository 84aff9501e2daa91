package moonphase.kernel.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.BitSet;
import moonphase.spi.FilePath;

/**
 * What nginx's master sets for its workers: limits of the process, priority and processors of a
 * worker's thread, the working directory. Any thread.
 */
public final class Limits {
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NOFILE = 7;
  private static final int PRIO_PROCESS = 0;
  private static final int PR_SET_DUMPABLE = 4;

  /** CPU_SETSIZE: how many processors a set can hold. */
  private static final int PROCESSORS = 1024;

  private Limits() {}

  static int dumpable() {
    return Libc.call("prctl", PR_SET_DUMPABLE, 1L, 0L, 0L, 0L);
  }

  /** {@code worker_rlimit_nofile}: how many files the process may have open. */
  public static void openFiles(long count) throws SystemException {
    limit(RLIMIT_NOFILE, "RLIMIT_NOFILE", count);
  }

  /** {@code worker_rlimit_core}: how many bytes a core file may have. */
  public static void core(long bytes) throws SystemException {
    limit(RLIMIT_CORE, "RLIMIT_CORE", bytes);
  }

  private static void limit(int resource, String name, long value) throws SystemException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocateFrom(ValueLayout.JAVA_LONG, value, value);
      SystemException.check(
          Libc.call("setrlimit", resource, limits), "setrlimit(" + name + ", " + value + ")");
    }
  }

  /** {@code worker_priority}: the nice value of a thread. */
  public static void priority(long thread, int nice) throws SystemException {
    SystemException.check(
        Libc.call("setpriority", PRIO_PROCESS, (int) thread, nice), "setpriority(" + nice + ")");
  }

  /** {@code worker_cpu_affinity}: the processors that a thread may run on. */
  public static void processors(long thread, BitSet processors) throws SystemException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(PROCESSORS / 8, Long.BYTES);
      byte[] bits = processors.toByteArray();
      MemorySegment.copy(bits, 0, set, ValueLayout.JAVA_BYTE, 0, bits.length);
      SystemException.check(
          Libc.call("sched_setaffinity", (int) thread, set.byteSize(), set), "sched_setaffinity()");
    }
  }

  /** {@code working_directory}: where a core file goes. The JDK's own idea of it stays. */
  public static void workingDirectory(Path folder) throws SystemException {
    String name = FilePath.name(folder);
    SystemException.check(Libc.call("chdir", name), "chdir(\"" + name + "\")");
  }
}
