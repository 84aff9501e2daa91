package org.luaj.vm2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An error of a Lua program: any value, thrown by {@code error} or by the machine.
 *
 * <p>It has no Java stack trace. An error made with a text gets the position of the Lua code that
 * called the running Java function, as luaL_error does; one made with a value carries that value
 * untouched. Caught by pcall and its relatives alone: Java code that catches one must hand it on,
 * or call through {@link LuaThread#pcall}.
 */
public class LuaError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LuaValue object;
  private transient LuaValue given;
  private String traceback;
  private transient List<String> innerTracebacks = List.of();

  /** Creates an error with the caller's position before the message. */
  public LuaError(String message) {
    this(message, 1);
  }

  /**
   * Creates an error with the position of a level before the message.
   *
   * @param message the text
   * @param level 1 for the caller of the running Java function, 2 for its caller, 0 for no position
   */
  public LuaError(String message, int level) {
    this(LuaString.valueOf(level > 0 ? where(level) + message : message), null);
  }

  /** Creates an error whose value is given, nil or null included. */
  public LuaError(LuaValue object) {
    this(object, null);
  }

  /** Creates an error for a failure of Java code; the text is the exception's. */
  public LuaError(Throwable cause) {
    this(LuaString.valueOf(where(1) + cause), cause);
  }

  private LuaError(LuaValue object, Throwable cause) {
    super(null, cause, false, false);
    this.object = object == null ? LuaValue.NIL : object;
  }

  /** Returns an error with a position if the running function is one of Lua, else without. */
  public static LuaError runtime(String message) {
    return new LuaError(LuaString.valueOf(where(0) + message), null);
  }

  /**
   * Returns {@code bad argument #index to 'name' (message)} for the running Java function, with its
   * caller's position.
   *
   * @param index from 1; 0 where it is not known
   * @param message what is wrong
   */
  public static LuaError argument(int index, String message) {
    LuaThread thread = Globals.runningThread();
    CallLevel level = thread == null ? null : thread.level(0);
    VariableName name = level == null ? VariableName.NONE : level.name();
    if (index == 0) {
      return new LuaError("bad argument to '" + name.name() + "' (" + message + ")");
    }
    int number = index;
    if (name.kind().equals("method") && --number == 0) {
      return new LuaError("calling '" + name.name() + "' on bad self (" + message + ")");
    }
    return new LuaError("bad argument #" + number + " to '" + name.name() + "' (" + message + ")");
  }

  /**
   * Returns an error to raise in place of the one that ended a coroutine: its value unchanged, with
   * the coroutine's stack kept.
   */
  public static LuaError handedOn(LuaThread coroutine) {
    LuaError failure = coroutine.failure();
    LuaError error = new LuaError(failure.object, null);
    error.innerTracebacks = new ArrayList<>(failure.innerTracebacks);
    error.innerTracebacks.add(coroutine.traceback(null, 0));
    return error;
  }

  private static String where(int level) {
    LuaThread thread = Globals.runningThread();
    CallLevel l = thread == null ? null : thread.level(level);
    return l == null ? "" : l.where();
  }

  /** Notes what this error was made of, before a position was added; returns this. */
  public LuaError madeOf(LuaValue value) {
    given = value;
    return this;
  }

  /** Returns what {@code error} was called with; the error's value if it was not. */
  public LuaValue given() {
    return given == null ? object : given;
  }

  /** Returns the error's value. */
  public LuaValue getMessageObject() {
    return object;
  }

  /** Returns the error's value as text. */
  @Override
  public String getMessage() {
    return object.tojstring();
  }

  /** Returns the traceback that {@link LuaThread#traced} kept with this error, or null. */
  public String traceback() {
    return traceback;
  }

  /**
   * Returns the tracebacks of the coroutines that handed this error on, the one where it was raised
   * first.
   */
  public List<String> innerTracebacks() {
    return Collections.unmodifiableList(innerTracebacks);
  }

  void keepTraceback(String text) {
    if (traceback == null) {
      traceback = text;
    }
  }
}
