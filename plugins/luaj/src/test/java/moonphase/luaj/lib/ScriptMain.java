package moonphase.luaj.lib;

import java.util.concurrent.TimeUnit;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ScriptStopped;

/**
 * Runs a script with arguments in a VM with all libraries; what the conformance scripts start.
 *
 * <p>{@code SECONDS SCRIPT ARGUMENTS...}: the script is stopped after so much CPU time.
 */
final class ScriptMain {
  private static final int STACK_BYTES = 256 << 20;

  private ScriptMain() {}

  public static void main(String[] args) throws InterruptedException {
    Thread thread = new Thread(null, () -> run(args), "lua", STACK_BYTES);
    thread.start();
    thread.join();
    System.out.flush();
  }

  private static void run(String[] args) {
    Globals vm = new Globals();
    Globals before = Globals.enter(vm);
    Libraries.open(vm);
    LuaTable arg = new LuaTable();
    for (int i = 1; i < args.length; i++) {
      arg.rawset(i - 1, LuaValue.valueOf(args[i]));
    }
    vm.rawset("arg", arg);
    vm.budget.limitCpuNanos(TimeUnit.SECONDS.toNanos(Long.parseLong(args[0])));
    try {
      LuaString name = LuaString.valueOf(args[1]);
      LuaValue chunk = ChunkFunctions.compileFile(vm, name, null, vm);
      vm.running.traced(chunk, arg.unpack(1, args.length - 2));
    } catch (LuaError e) {
      System.out.println("\n@ " + args[args.length - 1] + " " + e.getMessage());
      System.out.println(e.traceback());
    } catch (ScriptStopped e) {
      System.out.println("\n@ " + args[args.length - 1] + " stopped: " + e.getMessage());
    } finally {
      Globals.enter(before);
    }
  }
}
