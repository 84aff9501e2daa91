package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code collectgarbage} and {@code gcinfo}, of one VM; one thread at a time.
 *
 * <p>The heap is Java's and shared by all VMs. {@code collect} asks Java for a full collection and
 * runs the finalizers of what it finds, and {@code count} is what is in use beyond the least that
 * earlier calls saw; {@code stop}, {@code restart} and the two parameters are remembered and
 * answered, and change nothing. {@code step} finishes a cycle, with a collection, when the steps
 * have added up.
 */
final class CollectGarbage {
  /** What a step of size 0 counts for, and what completes a cycle. */
  private static final int SMALL_STEP = 1;

  private static final int CYCLE = 16;

  /** What the VM itself is taken to use. */
  private static final long FLOOR = 64 << 10;

  private long least = Long.MAX_VALUE;
  private boolean stopped;
  private int pause = 200;
  private int stepMultiplier = 200;
  private long progress;

  Varargs collectgarbage(Varargs args) {
    int option =
        Arguments.option(
            args,
            1,
            LuaString.valueOf("collect"),
            "stop",
            "restart",
            "collect",
            "count",
            "step",
            "setpause",
            "setstepmul",
            "isrunning");
    int value = Arguments.integer(args, 2, 0);
    switch (option) {
      case 0 -> stopped = true;
      case 1 -> stopped = false;
      case 2 -> collect();
      case 3 -> {
        return LuaValue.valueOf(used() / 1024.0);
      }
      case 4 -> {
        return LuaValue.valueOf(step(value));
      }
      case 5 -> {
        int old = pause;
        pause = value;
        return LuaValue.valueOf(old);
      }
      case 6 -> {
        int old = stepMultiplier;
        stepMultiplier = value;
        return LuaValue.valueOf(old);
      }
      default -> {
        return LuaValue.valueOf(!stopped);
      }
    }
    return LuaValue.ZERO;
  }

  Varargs gcinfo(Varargs args) {
    return LuaValue.valueOf((double) (used() / 1024));
  }

  private static void collect() {
    Globals vm = Globals.current();
    vm.running.forgetDeadRegisters();
    vm.finalizers.collect();
  }

  private boolean step(int size) {
    progress += Math.max(size, SMALL_STEP);
    if (progress < CYCLE) {
      return false;
    }
    progress = 0;
    collect();
    return true;
  }

  /** Returns the bytes by which the heap exceeds the least this VM has seen. */
  private long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    least = Math.min(least, used);
    return used - least + FLOOR;
  }
}
