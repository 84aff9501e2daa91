package apikey;

import static moonphase.spi.Directive.directive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import org.osgi.service.component.annotations.Component;

/** Declares {@code api_key KEY ...;}: who sends one of these keys is let in. */
@Component
public final class ApiKeyModule implements HttpModule {
  /** The keys of a block; those of the block around it count where it has none. */
  record Keys(Set<String> all) implements Conf<Keys> {
    static final ConfKey<Keys> KEY = new ConfKey<>("api-key", new Keys(Set.of()));

    @Override
    public Keys inherit(Keys outer) {
      return all.isEmpty() ? outer : this;
    }

    Keys with(Arguments args) {
      Set<String> more = new HashSet<>(all);
      for (int i = 0; i < args.size(); i++) {
        if (args.get(i).length() < 8) {
          throw args.error("the key \"" + args.get(i) + "\" is too short");
        }
        more.add(args.get(i));
      }
      return new Keys(Set.copyOf(more));
    }
  }

  @Override
  public String name() {
    return "api-key";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("api_key")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(Keys.KEY, Keys::with));
  }
}
