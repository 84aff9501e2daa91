package moonphase.luaj.lib;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.luaj.vm2.CallLevel;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code debug}.
 *
 * <p>Functions that look at a stack take a coroutine as an optional first argument. {@code
 * getregistry} hands out the registry itself. {@code debug.debug} reads the VM's standard input and
 * blocks.
 *
 * <p>Source: Lua 5.1 manual 5.9; Lua 5.2 manual 6.10 for upvalue identities and user values; LuaJIT
 * for the messages.
 */
public final class DebugLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable debug = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    LibraryFunction.into(debug, UpvalueFunctions.functions());
    LibraryFunction.into(debug, new HookFunctions().functions());
    Arguments.install(globals, "debug", debug);
  }

  /** The thread a function was asked about, and the index of the argument before the others. */
  private record Subject(LuaThread thread, int shift) {
    static Subject of(Varargs args) {
      return args.arg1() instanceof LuaThread t
          ? new Subject(t, 1)
          : new Subject(Globals.current().running, 0);
    }
  }

  private static LuaValue traceback(Varargs args) {
    Subject subject = Subject.of(args);
    int shift = subject.shift;
    LuaValue message = args.arg(shift + 1);
    boolean given = args.narg() > shift;
    if (given && !(message instanceof LuaString) && !(message instanceof LuaNumber)) {
      return message;
    }
    boolean self = subject.thread == Globals.current().running;
    int level = Arguments.integer(args, shift + 2, self ? 1 : 0);
    LuaString trace = LuaString.valueOf(subject.thread.traceback(null, level));
    if (!given) {
      return trace;
    }
    LuaString text = message.strvalue();
    return new ByteBuilder(text.m_length + trace.m_length + 1)
        .append(text)
        .append('\n')
        .append(trace)
        .finish();
  }

  private static LuaValue getInfo(Varargs args) {
    Subject subject = Subject.of(args);
    int shift = subject.shift;
    LuaString options =
        args.isnoneornil(shift + 2) ? FunctionInfo.ALL : args.checkstring(shift + 2);
    if (!FunctionInfo.areOptions(options)) {
      throw LuaError.argument(shift + 2, "invalid option");
    }
    LuaValue what = args.arg(shift + 1);
    CallLevel level = null;
    LuaFunction function;
    if (what instanceof LuaFunction f) {
      function = f;
    } else if (what.isnumber()) {
      int n = Arguments.integer(what.todouble());
      level = n < 0 ? null : subject.thread.level(n);
      if (level == null) {
        return LuaValue.NIL;
      }
      function = level.function();
    } else {
      throw LuaError.argument(shift + 1, "function or level expected");
    }
    return FunctionInfo.describe(function, level, options);
  }

  private static CallLevel level(Varargs args, Subject subject) {
    int n = Arguments.integer(args, subject.shift + 1);
    CallLevel level = n < 0 ? null : subject.thread.level(n);
    if (level == null) {
      throw LuaError.argument(subject.shift + 1, "level out of range");
    }
    return level;
  }

  private static Varargs getLocal(Varargs args) {
    Subject subject = Subject.of(args);
    int shift = subject.shift;
    int number = Arguments.integer(args, shift + 2);
    if (args.arg(shift + 1) instanceof LuaFunction f) {
      return f instanceof LuaClosure c && number > 0 && number <= c.p.numparams
          ? LuaValue.valueOf(c.p.locvars[number - 1].varname())
          : LuaValue.NIL;
    }
    CallLevel level = level(args, subject);
    boolean itself = shift == 0 && args.checkint(1) == 0;
    if (itself && number > 0 && number <= args.narg()) {
      return LuaValue.varargsOf(LuaString.valueOf("(*temporary)"), args.arg(number));
    }
    String name = level.localName(number);
    return name == null
        ? LuaValue.NIL
        : LuaValue.varargsOf(LuaString.valueOf(name), level.local(number));
  }

  private static Varargs setLocal(Varargs args) {
    Subject subject = Subject.of(args);
    CallLevel level = level(args, subject);
    LuaValue value = Arguments.any(args, subject.shift + 3);
    int number = Arguments.integer(args, subject.shift + 2);
    String name = level.localName(number);
    if (name == null) {
      return LuaValue.NIL;
    }
    level.setLocal(number, value);
    return LuaString.valueOf(name);
  }

  private static LuaValue getMetatable(Varargs args) {
    LuaValue metatable = Arguments.any(args, 1).getmetatable();
    return metatable == null ? LuaValue.NIL : metatable;
  }

  private static LuaValue setMetatable(Varargs args) {
    if (args.narg() < 2 || !args.isnil(2) && !args.istable(2)) {
      throw LuaError.argument(2, "nil or table expected");
    }
    LuaTable metatable = args.arg(2) instanceof LuaTable t ? t : null;
    LuaValue v = args.arg1();
    Globals vm = Globals.current();
    switch (v) {
      case LuaTable t -> t.setmetatable(metatable);
      case LuaUserdata u -> u.setmetatable(metatable);
      case LuaString s -> vm.stringMetatable = metatable;
      case LuaNumber n -> vm.numberMetatable = metatable;
      case LuaBoolean b -> vm.booleanMetatable = metatable;
      case LuaFunction f -> vm.functionMetatable = metatable;
      case LuaThread t -> vm.threadMetatable = metatable;
      default -> vm.nilMetatable = metatable;
    }
    return v;
  }

  private static LuaValue getEnvironment(Varargs args) {
    LuaTable environment =
        switch (Arguments.any(args, 1)) {
          case LuaClosure c -> c.environment();
          case LuaFunction f -> Globals.current().running.environment();
          case LuaThread t -> t.environment();
          case LuaUserdata u -> u.environment();
          default -> null;
        };
    return environment == null ? LuaValue.NIL : environment;
  }

  private static LuaValue setEnvironment(Varargs args) {
    LuaTable environment = args.checktable(2);
    switch (args.arg1()) {
      case LuaClosure c -> c.setEnvironment(environment);
      case LuaThread t -> t.setEnvironment(environment);
      case LuaUserdata u -> u.setEnvironment(environment);
      default -> throw new LuaError("'setfenv' cannot change environment of given object");
    }
    return args.arg1();
  }

  private static LuaValue getUserValue(Varargs args) {
    return args.arg1() instanceof LuaUserdata u && u.environment() != null
        ? u.environment()
        : LuaValue.NIL;
  }

  private static LuaValue setUserValue(Varargs args) {
    if (!(args.arg1() instanceof LuaUserdata u)) {
      throw Arguments.wrongType(args, 1, "userdata");
    }
    u.setEnvironment(args.checktable(2));
    return u;
  }

  private static Varargs debug(Varargs args) {
    Globals vm = Globals.current();
    while (true) {
      vm.STDERR.print("lua_debug> ");
      vm.STDERR.flush();
      LuaString line = readLine(vm);
      if (line == null || line.equals(LuaString.valueOf("cont"))) {
        return LuaValue.NONE;
      }
      LuaValue run =
          LibraryFunction.of(
              "debug", a -> vm.load(line, "=(debug command)", vm.running.environment()).invoke(a));
      Varargs result = vm.running.pcall(run, LuaValue.NONE, null);
      if (!result.toboolean(1)) {
        vm.STDERR.println(TextOf.string(result.arg(2)).toLatin1());
      }
    }
  }

  private static LuaString readLine(Globals vm) {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int c = vm.STDIN.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = vm.STDIN.read()) {
        line.write(c);
      }
      return LuaString.valueUsing(line.toByteArray());
    } catch (IOException e) {
      return null;
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("debug", DebugLibrary::debug),
    LibraryFunction.of("getfenv", DebugLibrary::getEnvironment),
    LibraryFunction.of("getinfo", DebugLibrary::getInfo),
    LibraryFunction.of("getlocal", DebugLibrary::getLocal),
    LibraryFunction.of("getmetatable", DebugLibrary::getMetatable),
    LibraryFunction.of("getregistry", args -> Globals.current().registry),
    LibraryFunction.of("getuservalue", DebugLibrary::getUserValue),
    LibraryFunction.of("setfenv", DebugLibrary::setEnvironment),
    LibraryFunction.of("setlocal", DebugLibrary::setLocal),
    LibraryFunction.of("setmetatable", DebugLibrary::setMetatable),
    LibraryFunction.of("setuservalue", DebugLibrary::setUserValue),
    LibraryFunction.of("traceback", DebugLibrary::traceback),
  };
}
