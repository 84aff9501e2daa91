package org.luaj.vm2;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The {@code __gc} metamethods of a VM's userdata that {@code newproxy} made.
 *
 * <p>Java's collector finds what is unreachable, and its finalizer thread hands the object over;
 * the metamethod is called by the VM's own thread, in {@code collectgarbage} and at looks at the
 * budget, the latest object first. A Cleaner would not do: it keeps the metatable, and a metatable
 * that leads back to its userdata, which is how tables get a finalizer in Lua 5.1, would keep it
 * for ever.
 *
 * <p>Threads: {@link Proxy#finalize} the JVM's finalizer; everything else the thread that runs the
 * VM.
 *
 * <p>Source: Lua 5.1 manual 2.10.1; LuaJIT for errors, which are a line on standard error.
 */
public final class Finalizers {
  private static final LuaString GC = LuaString.valueOf("__gc");

  /** How often closing looks for userdata that finalizers made. */
  private static final int CLOSING_ROUNDS = 10;

  /** How long a collection waits for the JVM to hand over what it found. */
  private static final long PATIENCE_NANOS = 500_000_000L;

  private static final long POLL_NANOS = 100_000L;

  private final Globals globals;

  /** What is not finalized yet: keeps the tokens, which are what weak tables have as keys. */
  private final Set<Token> tokens = new HashSet<>();

  private final Queue<Proxy> found = new ConcurrentLinkedQueue<>();
  private final Queue<Proxy> due =
      new PriorityQueue<>(Comparator.comparingLong((Proxy p) -> p.token.number).reversed());
  private long made;

  Finalizers(Globals globals) {
    this.globals = globals;
  }

  /** Stands for a userdata while its finalizer is due and weak references to it are gone. */
  static final class Token {
    private final long number;
    private WeakReference<LuaUserdata> userdata;
    private volatile boolean found;

    private Token(long number, LuaUserdata userdata) {
      this.number = number;
      this.userdata = new WeakReference<>(userdata);
    }

    /** Returns the userdata; null where it is unreachable. */
    LuaUserdata userdata() {
      return userdata.get();
    }

    private boolean isAwaited() {
      return !found && userdata.get() == null;
    }
  }

  /** What the userdata holds, and nothing else does: both become unreachable at once. */
  private static final class Proxy {
    private final Finalizers owner;
    private final LuaUserdata userdata;
    private final Token token;

    Proxy(Finalizers owner, LuaValue metatable) {
      this.owner = owner;
      this.userdata = new LuaUserdata(this, metatable);
      this.token = new Token(owner.made++, userdata);
    }

    @Override
    @SuppressWarnings({"removal", "deprecation"})
    protected void finalize() {
      owner.found.add(this);
      token.found = true;
    }
  }

  /**
   * Makes a userdata whose metatable may have a {@code __gc}.
   *
   * @param metatable null for none
   */
  public LuaUserdata newUserdata(LuaTable metatable) {
    Proxy proxy = new Proxy(this, metatable);
    tokens.add(proxy.token);
    return proxy.userdata;
  }

  /** Tells whether a value is a userdata made here. */
  public static boolean isProxy(LuaValue v) {
    return token(v) != null;
  }

  static Token token(LuaValue v) {
    return v instanceof LuaUserdata u && u.m_instance instanceof Proxy p ? p.token : null;
  }

  /** Runs Java's collector, and the finalizers of what it finds. */
  public void collect() {
    System.gc();
    if (!tokens.isEmpty()) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (tokens.stream().anyMatch(Token::isAwaited) && System.nanoTime() < end) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    if (areDue()) {
      System.gc(); // again, for weak tables that only what was found leads to
      run();
    }
  }

  /** Tells whether there is something to run; cheap. */
  boolean areDue() {
    return !found.isEmpty();
  }

  /** Runs the finalizers of what was found. */
  void run() {
    for (Proxy p = found.poll(); p != null; p = found.poll()) {
      due.add(p);
    }
    for (Proxy p = due.poll(); p != null; p = due.poll()) {
      tokens.remove(p.token);
      finish(p.userdata);
      p.token.userdata = new WeakReference<>(p.userdata); // the script may have kept it
    }
  }

  /** Runs the finalizers of everything that is left: the state closes. */
  void close() {
    run();
    for (int round = 0; round < CLOSING_ROUNDS && !tokens.isEmpty(); round++) {
      List<Token> left = new ArrayList<>(tokens);
      left.sort(Comparator.comparingLong((Token t) -> t.number).reversed());
      for (Token token : left) {
        LuaUserdata userdata = token.userdata();
        if (tokens.remove(token) && userdata != null) {
          finish(userdata);
        }
      }
      run();
    }
  }

  private void finish(LuaUserdata userdata) {
    LuaTable metatable = userdata.metatable();
    LuaValue handler = metatable == null ? null : metatable.getStr(GC);
    if (handler == null) {
      return;
    }
    LuaThread thread = globals.running;
    CallFrame top = thread.top;
    boolean held = top.held;
    top.held = true;
    boolean silent = globals.hook.silence(true);
    thread.beginUnyieldable();
    try {
      Varargs result = thread.pcall(handler, userdata, null);
      if (!result.arg1().toboolean()) {
        LuaValue error = result.arg(2);
        globals.STDERR.print("ERROR in finalizer: ");
        byte[] text = (error.isstring() ? error.strvalue() : LuaString.valueOf("?")).toBytes();
        globals.STDERR.write(text, 0, text.length);
        globals.STDERR.print("\n");
        globals.STDERR.flush();
      }
    } finally {
      thread.endUnyieldable();
      globals.hook.silence(silent);
      top.held = held;
    }
  }
}
