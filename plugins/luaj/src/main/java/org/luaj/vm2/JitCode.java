package org.luaj.vm2;

/**
 * A prototype as JVM byte code. Immutable, so that all VMs may share it.
 *
 * <p>It works on the same frames and registers as {@link Interpreter}, and either may go on where
 * the other has stopped: {@link #code} is the prototype's code with a {@code COMPILED} in place of
 * each instruction where this can be entered. What this does not do itself, such as the return to
 * Java code, it leaves to the interpreter.
 */
abstract class JitCode {
  /** Calls from compiled code to compiled code that may be open in Java at once. */
  static final int MOST_NESTED = 32;

  /** What the interpreter executes: the way in. */
  final int[] code;

  JitCode(int[] code) {
    this.code = code;
  }

  /**
   * Runs.
   *
   * @param ci the frame, whose code is {@link #code}
   * @param r its registers
   * @param pc the instruction to begin with, one where this can be entered
   * @param nested how many more calls may nest
   * @return the frame to go on with, at its own position: this one, one that it called, or the one
   *     below
   */
  abstract CallFrame run(CallFrame ci, LuaValue[] r, int pc, int nested);
}
