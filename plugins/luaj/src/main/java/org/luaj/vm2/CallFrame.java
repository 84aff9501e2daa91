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
  final CallFrame previous;
  final LuaFunction function;

  /** The function if it is one of Lua, else null. */
  final LuaClosure closure;

  final LuaValue[] registers;
  final int depth;

  /** Where the caller wants the results: first register, and how many; -1 for all. */
  final int target;

  final int wanted;

  /** Whether Java code made the call: its return leaves the interpreter's loop. */
  final boolean entry;

  /** Whether a tail call put this frame in the place of its caller's. */
  final boolean tailCalled;

  Varargs varargs = LuaValue.NONE;

  /** The index after the current instruction; up to date while anything else is running. */
  int pc;

  /** The Java function that this frame's code is calling, or null. */
  LuaFunction callee;

  /** Whether callee was called as a tail call, so that this frame is no longer there to be seen. */
  boolean replaced;

  /** Creates the frame of a Lua function. */
  CallFrame(
      CallFrame previous, LuaClosure closure, int target, int wanted, boolean entry, boolean tail) {
    this.previous = previous;
    this.function = closure;
    this.closure = closure;
    this.registers = new LuaValue[closure.p.maxstacksize];
    this.depth = previous.depth + 1;
    this.target = target;
    this.wanted = wanted;
    this.entry = entry;
    this.tailCalled = tail;
  }

  /** Creates the frame of a Java function that Java code calls, or the root with null. */
  CallFrame(CallFrame previous, LuaFunction function) {
    this.previous = previous;
    this.function = function;
    this.closure = null;
    this.registers = LuaTable.NOTHING;
    this.depth = previous == null ? 0 : previous.depth + 1;
    this.target = 0;
    this.wanted = -1;
    this.entry = true;
    this.tailCalled = false;
  }
}
