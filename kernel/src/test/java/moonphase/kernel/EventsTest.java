package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EventsTest extends KernelTestCase {
  /** Keeps its worker for 30 ms. */
  @HandlerOf(phase = Phase.ACCESS, module = "slow")
  private static final class Slow implements PhaseHandler {
    @Override
    public Verdict handle(Exchange exchange) {
      long until = System.nanoTime() + 30_000_000;
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
      return Verdict.DECLINED;
    }
  }

  private List<RecordedEvent> recorded(Recording recording, String name) throws Exception {
    Path file = prefix.resolve("events.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // each thread has a buffer
        .toList();
  }

  @Test
  void lifeOfAServer_isRecorded() throws Exception {
    Slow slow = new Slow();
    try (Recording recording = new Recording()) {
      recording.enable("moonphase.Handler").withThreshold(Duration.ofMillis(20));
      for (String name : List.of("Generation", "Cycle", "Swap")) {
        recording.enable("moonphase." + name);
      }
      recording.start();
      conf("server { listen 8080; location / { say x; } }");
      kernel = builder().add(slow).start();
      transport.worker.turn();
      assertEquals("x", get("/uri").body());
      CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> kernel.remove(slow));
      while (!removal.isDone()) {
        transport.worker.turn();
        Thread.onSpinWait();
      }
      kernel.add(slow);
      kernel.reload();
      transport.worker.turn();
      recording.stop();

      List<RecordedEvent> handlers = recorded(recording, "moonphase.Handler");
      assertEquals(1, handlers.size());
      assertEquals("/uri", handlers.getFirst().getString("uri"));
      assertTrue(handlers.getFirst().getString("handler").contains("module \"slow\""));
      assertEquals(
          List.of("1 started", "2 started", "1 retired"),
          recorded(recording, "moonphase.Generation").stream()
              .map(event -> event.getInt("number") + " " + event.getString("state"))
              .toList());
      assertEquals(4, recorded(recording, "moonphase.Cycle").size());
      RecordedEvent swap = recorded(recording, "moonphase.Swap").getFirst();
      assertEquals("slow", swap.getString("modules"));
      long closed = swap.getDuration("closed").toNanos();
      long waited = swap.getDuration("waited").toNanos();
      assertTrue(0 < closed && closed <= waited, closed + " " + waited);
      assertTrue(waited <= swap.getDuration("reopened").toNanos());
    }
  }
}
