package apikey;

import java.util.Set;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Turns away who has no key, where {@code api_key} asks for one. Must not block. */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "api-key")
public final class ApiKeyHandler implements PhaseHandler {
  @Override
  public Verdict handle(Exchange exchange) {
    Set<String> keys = exchange.conf(ApiKeyModule.Keys.KEY).all();
    if (keys.isEmpty()) {
      return Verdict.DECLINED; // nobody asks here
    }
    String key = exchange.request().headers().get("X-API-Key");
    if (key != null && keys.contains(key)) {
      return Verdict.OK;
    }
    exchange.log().log(LogLevel.ERROR, key == null ? "no API key" : "unknown API key");
    return Verdict.finish(key == null ? 401 : 403);
  }
}
