package officehours;

import java.time.LocalTime;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Answers 403 outside of {@code office_hours}. */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "office-hours")
public final class OfficeHours implements PhaseHandler {
  @Override
  public Verdict handle(Exchange exchange) {
    int hour = LocalTime.now().getHour();
    return exchange.conf(OfficeHoursModule.Hours.KEY).includes(hour)
        ? Verdict.DECLINED
        : Verdict.finish(403);
  }
}
