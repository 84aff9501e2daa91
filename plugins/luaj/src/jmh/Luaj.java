import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.ZeroArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * Runs a script on LuaJ 3.0.1's interpreter, for {@code compare.sh}. The one difference to LuaJ's
 * own command: {@code os.clock} is the CPU time of the thread, as everywhere else, and not the time
 * that passed, which means nothing on a machine that others use too.
 *
 * <p>A program of one file on purpose: {@code java -cp luaj-jse-3.0.1.jar Luaj.java SCRIPT ARG...}
 */
public final class Luaj {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Luaj() {}

  /** Runs the script named first with the other arguments. */
  public static void main(String[] args) {
    Globals globals = JsePlatform.standardGlobals();
    globals
        .get("os")
        .set(
            "clock",
            new ZeroArgFunction() {
              @Override
              public LuaValue call() {
                return LuaValue.valueOf(THREADS.getCurrentThreadCpuTime() / 1e9);
              }
            });
    LuaValue[] values = new LuaValue[args.length - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = LuaValue.valueOf(args[i + 1]);
    }
    globals.loadfile(args[0]).invoke(LuaValue.varargsOf(values));
  }
}
