package officehours;

import static moonphase.spi.Directive.directive;

import java.time.LocalTime;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Variable;
import org.osgi.service.component.annotations.Component;

/** Declares {@code office_hours FROM TO;} and {@code $office_hour}. */
@Component
public final class OfficeHoursModule implements HttpModule {
  /** From an hour to before another; always open where nothing is said. Immutable. */
  record Hours(int from, int to) implements Conf<Hours> {
    static final ConfKey<Hours> KEY = new ConfKey<>("office-hours", new Hours(0, 0));

    @Override
    public Hours inherit(Hours outer) {
      return to == 0 ? outer : this;
    }

    static Hours of(Arguments args) {
      Hours hours = new Hours(args.number(0), args.number(1));
      if (hours.from >= hours.to || hours.to > 24) {
        throw args.error("\"" + args.name() + "\" needs two hours, the earlier one first");
      }
      return hours;
    }

    boolean includes(int hour) {
      return to == 0 || hour >= from && hour < to;
    }
  }

  @Override
  public String name() {
    return "office-hours";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("office_hours")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION)
            .args(2)
            .sets(Hours.KEY, (conf, args) -> Hours.of(args)));
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.cached("office_hour", (exchange, name) -> "" + LocalTime.now().getHour()));
  }
}
