package org.luaj.vm2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.compiler.LuaC;

/**
 * One Lua VM: its table of globals, and everything that belongs to it alone.
 *
 * <p>Threads: any one thread at a time. Nothing mutable is shared with another VM. Code that holds
 * a VM's closures finds it there; code that holds only a value asks {@link #current()}, a slot that
 * each outermost call into a VM sets and restores.
 */
public class Globals extends LuaTable {
  private static final ThreadLocal<Slot> CURRENT = ThreadLocal.withInitial(Slot::new);

  private static final class Slot {
    Globals vm;
  }

  public InputStream STDIN = System.in;
  public PrintStream STDOUT = System.out;
  public PrintStream STDERR = System.err;

  /** The coroutine that runs, or the main thread. A host that resumes Java code restores it. */
  public LuaThread running;

  /** The metatable of all strings of this VM; null for none. So for the other types. */
  public LuaTable stringMetatable;

  public LuaTable numberMetatable;
  public LuaTable nilMetatable;
  public LuaTable booleanMetatable;
  public LuaTable functionMetatable;
  public LuaTable threadMetatable;

  /** The registry: what Java code keeps with a VM out of the reach of scripts. */
  public final LuaTable registry = new LuaTable();

  /** What this VM's scripts may use up. */
  public final Budget budget = new Budget();

  /** What userdata of newproxy leave behind. */
  public final Finalizers finalizers = new Finalizers(this);

  /** The debug hook. */
  public final Hook hook = new Hook(this);

  private final LuaThread mainThread;
  private final ConstantStrings constants = new ConstantStrings();
  private int maxStringLength = Integer.MAX_VALUE - 64;

  /** Creates a VM without any library, not even print. */
  @SuppressWarnings("this-escape") // the thread keeps the reference and uses it later
  public Globals() {
    mainThread = new LuaThread(this);
    running = mainThread;
  }

  @Override
  public Globals checkglobals() {
    return this;
  }

  /** Returns the VM that runs on this thread, a bare one that nobody uses where none does. */
  public static Globals current() {
    Globals vm = CURRENT.get().vm;
    return vm == null ? Nobody.VM : vm;
  }

  /** Returns the running coroutine of the VM on this thread, null where none runs. */
  static LuaThread runningThread() {
    Globals vm = CURRENT.get().vm;
    return vm == null ? null : vm.running;
  }

  /**
   * Makes a VM the current one of this thread. Each entry from outside does so; hand the answer
   * back when it is over.
   *
   * @param vm the VM, null for none
   * @return the one before, null for none
   */
  public static Globals enter(Globals vm) {
    Slot slot = CURRENT.get();
    Globals before = slot.vm;
    slot.vm = vm;
    return before;
  }

  private static final class Nobody {
    static final Globals VM = new Globals();
  }

  public LuaThread mainThread() {
    return mainThread;
  }

  /** Returns how many bytes a string may have. */
  public int maxStringLength() {
    return maxStringLength;
  }

  public void setMaxStringLength(int bytes) {
    maxStringLength = bytes;
  }

  /** Raises the error of too long a string; libraries ask before they build one. */
  public void checkStringLength(long bytes) {
    if (bytes > Integer.MAX_VALUE - 64) {
      throw new LuaError("string length overflow");
    }
    if (bytes > maxStringLength) {
      throw new LuaError("not enough memory", 0);
    }
  }

  /** Returns an equal string that constants of chunks are likely to be identical with. */
  public LuaString intern(LuaString s) {
    return constants.intern(s);
  }

  // Loading.

  /**
   * Compiles a chunk.
   *
   * @param source the text; the first line is skipped where it begins with {@code #}
   * @param name {@code @file}, {@code =name} or the text itself
   * @param environment the function's environment
   * @throws LuaError for a syntax error, with the message alone
   */
  public LuaFunction load(LuaString source, String name, LuaTable environment) {
    return new LuaClosure(LuaC.compile(this, source, LuaString.valueOf(name)), this, environment);
  }

  public LuaValue load(String script) {
    return load(script, script);
  }

  public LuaValue load(String script, String name) {
    return load(script, name, this);
  }

  public LuaValue load(String script, String name, LuaTable environment) {
    return load(LuaString.valueOf(script), name, environment);
  }

  public LuaValue load(Reader reader, String name) {
    return load(reader, name, this);
  }

  public LuaValue load(Reader reader, String name, LuaTable environment) {
    try {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[8192];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
      return load(text.toString(), name, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles what a stream holds; blocks. The mode must allow text. */
  public LuaValue load(InputStream in, String name, String mode, LuaValue environment) {
    try {
      LuaString source = LuaString.valueUsing(in.readAllBytes());
      if (mode.indexOf('t') < 0) {
        throw new LuaError(LuaString.valueOf("attempt to load chunk with wrong mode"));
      }
      return load(source, name, environment.checktable());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles a file; blocks. */
  public LuaValue loadfile(String path) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(path));
      return load(new ByteArrayInputStream(bytes), "@" + path, "bt", this);
    } catch (IOException e) {
      throw new LuaError(LuaString.valueOf("cannot open " + path));
    }
  }

  public Prototype compilePrototype(InputStream in, String name) throws IOException {
    return LuaC.compile(this, LuaString.valueUsing(in.readAllBytes()), LuaString.valueOf(name));
  }

  public Prototype compilePrototype(Reader reader, String name) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      text.append((char) c);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return compilePrototype(new ByteArrayInputStream(bytes), name);
  }

  /**
   * Runs the finalizers of all userdata that are left: the last thing a host does with a VM that
   * may have some.
   */
  public void close() {
    Globals before = enter(this);
    try {
      finalizers.close();
    } finally {
      enter(before);
    }
  }

  /** Suspends the running coroutine; see {@link LuaThread#yield}. */
  public Varargs yield(Varargs values) {
    return LuaThread.yield(this, values);
  }
}
