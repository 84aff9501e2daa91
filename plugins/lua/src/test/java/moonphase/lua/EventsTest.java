package moonphase.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.LuaValue;

class EventsTest {
  @Test
  void startOfAVm_andItsHooks_areRecorded(@TempDir Path folder) throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording()) {
      recording.enable("moonphase.VmStart");
      recording.enable("moonphase.Preload");
      recording.start();
      FakeWorld world = new FakeWorld();
      world.runtime.setHooks(
          "a", List.of(new PreloadHook("geo", "com.geo", 0, 0, (vm, name) -> LuaValue.TRUE)));
      world.turn();
      recording.stop();
      Path file = folder.resolve("events.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }
    RecordedEvent start = only(events, "moonphase.VmStart");
    assertEquals(1, start.getInt("generation"));
    assertEquals(0, start.getInt("worker"));
    for (String step : List.of("libraries", "globals", "preloads", "init")) {
      assertTrue(start.getDuration(step).toNanos() > 0, step);
    }
    RecordedEvent hook = only(events, "moonphase.Preload");
    assertEquals("geo", hook.getString("module"));
    assertTrue(hook.getBoolean("added"));
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> named =
        events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    assertEquals(1, named.size(), name);
    return named.getFirst();
  }
}
