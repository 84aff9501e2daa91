package org.luaj.vm2;

/**
 * One activation of a function.
 *
 * <p>A Lua function calling a Lua function makes a frame and no Java recursion. A Java function
 * called by Lua code has no frame of its own: the caller's {@link #callee} names it meanwhile. An
 * error leaves the frames as they are, so that a message handler sees the stack of the error; who
 * catches an error puts {@link LuaThread#top} back.
 */
final class CallFrame {
  /** Flag: Java code made the call, and its return leaves the interpreter's loop. */
  static final int ENTRY = 1;

  /** Flag: a tail call put this frame in the place of its caller's. */
  static final int TAIL = 2;

  final LuaThread thread;
  final CallFrame previous;

  /** The function if it is one of Lua; null where {@link #callee} is the function. */
  final LuaClosure closure;

  final LuaValue[] registers;

  /** What is executed: the prototype's entry, or code with traps while there is a hook. */
  int[] code;

  final int depth;

  /**
   * How the call was made, laid out like the CALL instruction it usually is: where the caller wants
   * the results (A) and how many, plus one (C); flags in place of the operation.
   */
  final int call;

  /** Extra arguments; null for none. */
  Varargs varargs;

  /** Results of which all are wanted, until they are used, and the register they begin at. */
  Varargs open;

  int openAt;

  /** The index after the current instruction; up to date while anything else is running. */
  int pc;

  /** The Java function that this frame's code is calling, or null. */
  LuaFunction callee;

  /** Whether callee was called as a tail call, so that this frame is no longer there to be seen. */
  boolean replaced;

  /** Whether the current instruction is still to be executed, while a hook or finalizer runs. */
  boolean held;

  /** Creates the frame of a Lua function. */
  CallFrame(LuaThread thread, CallFrame previous, LuaClosure closure, int call) {
    this.thread = thread;
    this.previous = previous;
    this.closure = closure;
    this.registers = new LuaValue[closure.p.maxstacksize];
    this.code = closure.p.entry;
    this.depth = previous.depth + 1;
    this.call = call;
  }

  /** Creates the frame of a Java function that Java code calls, or the root with null. */
  CallFrame(LuaThread thread, CallFrame previous, LuaFunction function) {
    this.thread = thread;
    this.previous = previous;
    this.closure = null;
    this.callee = function;
    this.replaced = true;
    this.registers = LuaTable.NOTHING;
    this.depth = previous == null ? 0 : previous.depth + 1;
    this.call = ENTRY;
  }

  boolean isEntry() {
    return (call & ENTRY) != 0;
  }

  boolean isTail() {
    return (call & TAIL) != 0;
  }

  /** The first register of the caller that gets results. */
  int target() {
    return call >>> 8 & 0xFF;
  }

  /** How many results the caller wants; -1 for all. */
  int wanted() {
    return (call >>> 24) - 1;
  }

  /** Returns the open results, which the frame need not keep any longer. */
  Varargs takeOpen() {
    Varargs results = open;
    open = null;
    return results;
  }
}
