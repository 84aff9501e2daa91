package org.luaj.vm2;

/**
 * A function of Lua: a prototype, the variables it captured, and its environment.
 *
 * <p>Threads: the thread that runs the VM. The environment may change while the function runs;
 * functions made by it afterwards get the new one.
 */
public final class LuaClosure extends LuaFunction {
  public final Prototype p;
  public final Globals globals;
  public UpValue[] upValues;

  /** The environment, Lua 5.1's {@code getfenv} and {@code setfenv}. */
  LuaTable environment;

  public LuaClosure(Prototype p, Globals globals, LuaTable environment) {
    this.p = p;
    this.globals = globals;
    this.environment = environment;
    this.upValues = new UpValue[p.upvalues.length];
  }

  /** Creates a function of a VM: the environment's if that is one, else the current one. */
  public LuaClosure(Prototype p, LuaValue environment) {
    this(p, environment instanceof Globals g ? g : Globals.current(), environment.checktable());
  }

  public LuaTable environment() {
    return environment;
  }

  public void setEnvironment(LuaTable environment) {
    this.environment = environment;
  }

  @Override
  public boolean isclosure() {
    return true;
  }

  @Override
  public LuaClosure checkclosure() {
    return this;
  }

  @Override
  public String name() {
    return "<" + p.shortsource() + ":" + p.linedefined + ">";
  }

  @Override
  public LuaValue getmetatable() {
    return globals.functionMetatable;
  }

  @Override
  public LuaValue call() {
    LuaThread thread = globals.running;
    CallFrame frame = frame(thread);
    Interpreter.adjust(frame, 0);
    return Interpreter.enter(thread, frame).arg1();
  }

  @Override
  public LuaValue call(LuaValue a) {
    LuaThread thread = globals.running;
    CallFrame frame = frame(thread);
    if (p.numparams > 0) {
      frame.registers[0] = a;
    } else if (p.is_vararg) {
      frame.varargs = a;
    }
    Interpreter.adjust(frame, 1);
    return Interpreter.enter(thread, frame).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    if (p.numparams < 2 || p.is_vararg) {
      return invoke(varargsOf(a, b)).arg1();
    }
    LuaThread thread = globals.running;
    CallFrame frame = frame(thread);
    frame.registers[0] = a;
    frame.registers[1] = b;
    Interpreter.adjust(frame, 2);
    return Interpreter.enter(thread, frame).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    if (p.numparams < 3 || p.is_vararg) {
      return invoke(varargsOf(a, b, c)).arg1();
    }
    LuaThread thread = globals.running;
    CallFrame frame = frame(thread);
    frame.registers[0] = a;
    frame.registers[1] = b;
    frame.registers[2] = c;
    Interpreter.adjust(frame, 3);
    return Interpreter.enter(thread, frame).arg1();
  }

  @Override
  public Varargs invoke(Varargs args) {
    LuaThread thread = globals.running;
    CallFrame frame = frame(thread);
    args.copyTo(frame.registers, 0, p.numparams);
    if (p.is_vararg) {
      frame.varargs = args.subargs(p.numparams + 1);
    }
    return Interpreter.enter(thread, frame);
  }

  private CallFrame frame(LuaThread thread) {
    CallFrame frame = new CallFrame(thread, thread.top, this, CallFrame.ENTRY);
    if (frame.depth > thread.depthLimit) {
      thread.checkDepth(frame.depth);
    }
    return frame;
  }
}
