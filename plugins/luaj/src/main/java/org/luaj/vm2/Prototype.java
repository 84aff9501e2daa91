package org.luaj.vm2;

/**
 * A compiled function without its environment and upvalues.
 *
 * <p>Shared by all closures made of it, in any number of VMs: immutable apart from the counter,
 * whose races do no harm, and what the compiler of hot functions adds.
 */
public final class Prototype {
  public LuaValue[] k;
  public int[] code;
  public Prototype[] p;
  public int[] lineinfo;
  public LocVars[] locvars;
  public Upvaldesc[] upvalues;

  /** The chunk name as it was given, with its leading {@code @} or {@code =}. */
  public LuaString source;

  /** The line of the definition; 0 for a main chunk. */
  public int linedefined;

  public int lastlinedefined;
  public int numparams;
  public boolean is_vararg;
  public int maxstacksize;

  /**
   * How often this function used up a slice of the budget by calls and backward jumps: a sample of
   * where time is spent, for a compiler of hot functions.
   */
  int samples;

  /** What the interpreter executes: the code, or {@link JitCode#code} once there is that. */
  volatile int[] entry;

  /** The code that {@link #entry} leads to; null for none. */
  JitCode jit;

  private String shortSource;

  /** Told when all is there. */
  public void made() {
    entry = code;
    JitCompiler.made(this);
  }

  /** Goes over to byte code, to that of the first who has made it. Any thread. */
  synchronized void compiled(JitCode made) {
    if (jit == null) {
      jit = made;
      entry = made.code;
    }
  }

  /**
   * Returns the chunk name as it stands in messages: {@code file.lua}, {@code [string "x = 1"]}.
   */
  public String shortsource() {
    String s = shortSource;
    return s != null ? s : (shortSource = ChunkName.shorten(source.tojstring()));
  }

  /** Returns the line of an instruction. */
  public int line(int pc) {
    return pc >= 0 && pc < lineinfo.length ? lineinfo[pc] : -1;
  }

  /**
   * Returns the name of the nth local alive at an instruction, from 1; null where there is none.
   */
  public LocVars local(int number, int pc) {
    for (LocVars v : locvars) {
      if (v.startpc() <= pc && pc < v.endpc() && --number == 0) {
        return v;
      }
    }
    return null;
  }

  /** Returns the name of the local in a register at an instruction; null where there is none. */
  public String localAt(int register, int pc) {
    for (LocVars v : locvars) {
      if (v.register() == register && v.startpc() <= pc && pc < v.endpc()) {
        return v.varname();
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return shortsource() + ":" + linedefined + "-" + lastlinedefined;
  }
}
