package moonphase.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

class LuaShellCommandsTest {
  private final FakeWorld world = new FakeWorld();
  private final LuaShellCommands commands = new LuaShellCommands(world.runtime);

  private static PreloadHook hook(String name, String origin, int ranking) {
    return new PreloadHook(name, origin, ranking, 0, (vm, asked) -> LuaValue.TRUE);
  }

  @Test
  void preloads_tellWhoServes_andWhoLost() {
    world.runtime.setHooks(
        "a", List.of(hook("geo", "com.plain", 0), hook("alone", "com.plain", 0)));
    world.runtime.setHooks("b", List.of(hook("geo", "com.better", 5)));
    assertEquals(
        """
        alone: com.plain serves
        geo: com.better serves
        geo: com.plain lost to com.better
        """,
        commands.preloads());
    world.runtime.removeHooks("b");
    assertEquals("alone: com.plain serves\ngeo: com.plain serves\n", commands.preloads());
  }

  private String vms() throws Exception {
    CompletableFuture<String> text = CompletableFuture.supplyAsync(commands::vms);
    while (!text.isDone()) {
      world.turn();
      Thread.onSpinWait();
    }
    return text.get(1, TimeUnit.SECONDS);
  }

  @Test
  void vms_countTheScriptsOfEach() throws Exception {
    String before = vms();
    assertTrue(
        before.startsWith("generation 1, worker 0: 0 scripts in its code cache\nheap of all: "),
        before);
    LuaScript script = new LuaScript("return 1", "=test", "test", Optional.empty(), "");
    world.vm.codeCache().inline(script, world);
    world.vm.codeCache().inline(script, world);
    assertTrue(vms().startsWith("generation 1, worker 0: 1 script in its code cache\n"));
  }
}
