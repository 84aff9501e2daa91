package moonphase.spi;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A module: a service that declares directives and variables. Its handlers and filters are services
 * of their own, named after it.
 *
 * <p>The lists are fetched once, when a configuration is read, on any thread.
 */
@ConsumerType
public interface HttpModule {
  /** The module's name, lower case, for example {@code access}; its place in the order. */
  String name();

  /** The directives it serves; none by default. */
  default List<Directive<?>> directives() {
    return List.of();
  }

  /**
   * Whether its handlers and filters act where none of its directives stands, as those that serve
   * files do. While such a module is being replaced every request waits for it; one that has no
   * {@code HttpModule} at all is taken for such a one. False by default.
   */
  default boolean isImplicit() {
    return false;
  }

  /** The variables it declares; none by default. */
  default List<Variable> variables() {
    return List.of();
  }
}
