package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class LocalChainTest extends KernelTestCase {
  private final List<String> asked = new ArrayList<>();

  /** Idle where no response is said. */
  private final class Selective implements PhaseHandler {
    @Override
    public boolean isIdle(ConfBlock block) {
      return block.conf(Probe.KEY).words().isEmpty();
    }

    @Override
    public Verdict handle(Exchange exchange) {
      asked.add("handler " + exchange.request().uri());
      return Verdict.DECLINED;
    }
  }

  @FilterOf(module = "headers")
  private final class SelectiveFilter implements HeaderFilter {
    @Override
    public boolean isHeaderIdle(ConfBlock block) {
      return block.conf(Probe.KEY).words().isEmpty();
    }

    @Override
    public Verdict filterHeader(Exchange exchange) {
      asked.add("filter " + exchange.request().uri());
      return Verdict.DECLINED;
    }
  }

  private void serveSelectively(String level) {
    conf(
        "server { listen 8080; error_log logs/error.log "
            + level
            + ";"
            + " location /busy { say a; } location /idle { probe CONTENT 404; } }");
    kernel =
        builder().add(Phase.ACCESS, "third", new Selective()).add(new SelectiveFilter()).start();
    transport.worker.turn();
    assertEquals("a", get("/busy").body());
    assertEquals(404, get("/idle").status());
  }

  @Test
  void idleOnes_areNotAskedThere() {
    serveSelectively("info");
    assertEquals(List.of("handler /busy", "filter /busy"), asked);
  }

  @Test
  void whereDebugLinesAreLogged_everybodyIsAsked() {
    serveSelectively("debug");
    assertEquals(List.of("handler /busy", "filter /busy", "handler /idle", "filter /idle"), asked);
  }
}
