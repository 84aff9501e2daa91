package moonphase.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;

/** Errors of scripts as the error log shows them. Any thread. */
final class LuaErrors {
  private static final String TRACEBACK = "stack traceback:";

  private LuaErrors() {}

  /**
   * The message and the tracebacks as an aborted thread has them: coroutine 0 is where the error
   * was raised, then come those that handed it on, the thread, and those that made the thread.
   */
  static String describe(LuaError error, LuaCoroutine thread) {
    StringBuilder text = new StringBuilder(message(error)).append('\n').append(TRACEBACK);
    int number = 0;
    for (String traceback : error.innerTracebacks()) {
      coroutine(text, number++, traceback);
    }
    coroutine(text, number++, error.traceback());
    LuaThread maker = thread.spawner();
    while (maker != null && !maker.getStatus().equals("dead")) {
      coroutine(text, number++, maker.traceback(null, 0));
      maker = maker instanceof LuaCoroutine outer ? outer.spawner() : maker.resumer();
    }
    return text.toString();
  }

  private static void coroutine(StringBuilder text, int number, @Nullable String traceback) {
    text.append("\ncoroutine ").append(number).append(':');
    if (traceback != null && traceback.startsWith(TRACEBACK)) {
      text.append(traceback, TRACEBACK.length(), traceback.length());
    }
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
