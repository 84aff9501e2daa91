package moonphase.luaj.lib;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** How a process ended, as Lua 5.2 says it: {@code true|nil, "exit"|"signal", code}. */
final class ExitStatus {
  /** Java adds this to the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  private static final int LAST_SIGNAL = 64;

  private ExitStatus() {}

  /** Waits for a process to end. Blocks; an interrupt is kept for later. */
  static int await(Process process) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static Varargs results(int status) {
    boolean signal = status > SIGNAL && status <= SIGNAL + LAST_SIGNAL;
    return LuaValue.varargsOf(
        status == 0 ? LuaValue.TRUE : LuaValue.NIL,
        LuaValue.varargsOf(
            LuaString.valueOf(signal ? "signal" : "exit"),
            LuaValue.valueOf(signal ? status - SIGNAL : status)));
  }
}
