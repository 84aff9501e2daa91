package moonphase.lua;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import moonphase.spi.Generation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What a shell shows of Lua: {@code moonphase:preloads} and {@code moonphase:vms}. Any thread but a
 * worker's; {@code vms} blocks.
 */
@Component(
    service = LuaShellCommands.class,
    property = {
      "osgi.command.scope=moonphase",
      "osgi.command.function=preloads",
      "osgi.command.function=vms"
    })
public final class LuaShellCommands {
  /** How long a worker may take to look at its VM. */
  private static final long LOOK_MILLIS = 1_000;

  private final LuaRuntime lua;

  /** Used by the framework. */
  @Activate
  public LuaShellCommands(@Reference LuaRuntime lua) {
    this.lua = lua;
  }

  /** Each preload module: its name, who gives it, and to whom it lost if it does not serve. */
  public String preloads() {
    StringBuilder text = new StringBuilder();
    lua.hooks()
        .forEach((name, hooks) -> {
          String winner = hooks.getFirst().origin();
          for (PreloadHook hook : hooks) {
            text.append(name).append(": ").append(hook.origin());
            text.append(hook == hooks.getFirst() ? " serves\n" : " lost to " + winner + "\n");
          }
        });
    return text.toString();
  }

  /**
   * The VM of each worker, by generation, with the scripts in its code cache. Its memory is a part
   * of the JVM's heap and not known; the heap is told in the last line.
   */
  public String vms() {
    StringBuilder text = new StringBuilder();
    lua.vms().entrySet().stream()
        .sorted(Comparator.comparingInt((Map.Entry<Generation, LuaVm[]> e) -> e.getKey().number()))
        .forEach(entry -> describe(entry.getKey(), entry.getValue(), text));
    Runtime jvm = Runtime.getRuntime();
    return text.append("heap of all: ")
        .append((jvm.totalMemory() - jvm.freeMemory()) >> 20)
        .append("m of ")
        .append(jvm.maxMemory() >> 20)
        .append("m\n")
        .toString();
  }

  private static void describe(Generation generation, LuaVm[] vms, StringBuilder text) {
    List<CompletableFuture<Integer>> sizes = new ArrayList<>();
    for (LuaVm vm : vms) {
      CompletableFuture<Integer> size = new CompletableFuture<>();
      sizes.add(size);
      try {
        vm.worker().execute(() -> size.complete(vm.codeCache().size()));
      } catch (RejectedExecutionException e) {
        return; // the transport has ended, and with it these VMs
      }
    }
    for (int i = 0; i < vms.length; i++) {
      text.append("generation ")
          .append(generation.number())
          .append(generation.isExiting() ? " (exiting), worker " : ", worker ")
          .append(vms[i].worker().index())
          .append(": ")
          .append(scripts(sizes.get(i)))
          .append('\n');
    }
  }

  private static String scripts(CompletableFuture<Integer> size) {
    try {
      int scripts = size.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return scripts + (scripts == 1 ? " script" : " scripts") + " in its code cache";
    } catch (TimeoutException e) {
      return "does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was not waited for";
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
