package moonphase.kernel.conf;

import java.util.Set;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfKey;
import moonphase.spi.Level;
import org.jspecify.annotations.Nullable;

/**
 * A block of the configuration with everything that is in force there. Immutable once the
 * configuration was read; any thread then.
 */
public final class Block implements ConfBlock {
  private final @Nullable Block outer;
  private final Level level;
  private final String name;

  Block(@Nullable Block outer, Level level, String name) {
    this.outer = outer;
    this.level = level;
    this.name = name;
  }

  /** The block around this one; null for the level main. */
  public @Nullable Block outer() {
    return outer;
  }

  /** The level of what stands in it. */
  public Level level() {
    return level;
  }

  /**
   * The text after {@code location}: a prefix, an expression or {@code @name}; in an {@code if}
   * that of the location around it; empty outside of locations.
   */
  public String name() {
    return name;
  }

  @Override
  public <C extends Conf<C>> C own(ConfKey<C> key) {
    throw new UnsupportedOperationException();
  }

  /** What is in force for a module here. */
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    throw new UnsupportedOperationException();
  }

  /** What is in force for the core module here; the quick way to {@link CoreConf#KEY}. */
  public CoreConf core() {
    throw new UnsupportedOperationException();
  }

  /** The modules whose directives or variables are in force here, by name; the core's is not. */
  public Set<String> modules() {
    throw new UnsupportedOperationException();
  }

  /** This block, or its {@code limit_except} if that is meant for the method. */
  public Block forMethod(String method) {
    throw new UnsupportedOperationException();
  }
}
