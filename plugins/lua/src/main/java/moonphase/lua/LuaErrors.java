package moonphase.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** Errors of scripts as the error log shows them. Any thread. */
final class LuaErrors {
  private static final String TRACEBACK = "stack traceback:";

  private LuaErrors() {}

  /** The message and the traceback of coroutine 0, as an aborted thread has it. */
  static String describe(LuaError error) {
    String traceback = error.traceback();
    String frames =
        traceback == null || !traceback.startsWith(TRACEBACK)
            ? ""
            : traceback.substring(TRACEBACK.length());
    return message(error) + "\n" + TRACEBACK + "\ncoroutine 0:" + frames;
  }

  /** The message and traceback that a plain call fails with. */
  static String describeCall(LuaError error) {
    LuaValue value = error.getMessageObject();
    String traceback = error.traceback();
    return traceback == null || !value.isstring()
        ? message(error)
        : message(error) + "\n" + traceback;
  }

  /** The error's text in Latin-1; {@code unknown reason} for a value that is none. */
  static String message(LuaError error) {
    LuaValue value = error.getMessageObject();
    return value.isstring() ? LuaText.latin1(value) : "unknown reason";
  }
}
