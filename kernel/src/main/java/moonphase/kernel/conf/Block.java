package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfKey;
import moonphase.spi.Level;
import org.jspecify.annotations.Nullable;

/**
 * A block of the configuration with everything that is in force there. The reading thread's while
 * the configuration is read; immutable after that, any thread.
 */
public final class Block implements ConfBlock {
  private final @Nullable Block outer;
  private final Level level;
  private final String name;
  private final Optional<LocationName> location;
  private final List<Block> children = new ArrayList<>();
  private final Map<ConfKey<?>, Conf<?>> own = new IdentityHashMap<>();
  private final Set<String> written = new HashSet<>();
  private Set<String> modules = new LinkedHashSet<>();
  private Merged merged = Merged.NOTHING;

  /** A block for the methods that {@code limit_except} does not name; null if there is none. */
  private @Nullable Block limited;

  private Set<String> unlimitedMethods = Set.of();
  private boolean redirecting;

  /** A block that is no location of its own. */
  Block(@Nullable Block outer, Level level, String name) {
    this(outer, level, name, Optional.empty());
  }

  /** A location. */
  Block(Block outer, LocationName location) {
    this(outer, Level.LOCATION, location.text(), Optional.of(location));
  }

  private Block(@Nullable Block outer, Level level, String name, Optional<LocationName> location) {
    this.outer = outer;
    this.level = level;
    this.name = name;
    this.location = location;
    if (outer != null) {
      outer.children.add(this);
    }
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

  /** How it is chosen, if it is a location. */
  Optional<LocationName> location() {
    return location;
  }

  /** The blocks within, in the order of the file. */
  public List<Block> children() {
    return children;
  }

  @Override
  @SuppressWarnings("unchecked") // a key is put with its own type only
  public <C extends Conf<C>> C own(ConfKey<C> key) {
    Conf<?> written = own.get(key);
    return written == null ? key.unset() : (C) written;
  }

  <C extends Conf<C>> void put(ConfKey<C> key, C conf) {
    own.put(key, conf);
  }

  /** Notes a directive; false if it stands in this block already. */
  boolean isFirst(String directive) {
    return written.add(directive);
  }

  boolean has(String directive) {
    return written.contains(directive);
  }

  /** Notes a module that this block needs. */
  void use(String module) {
    modules.add(module);
  }

  /** Has requests redirected that lack only the slash at the end of this location's text. */
  void redirectMissingSlash() {
    redirecting = name.endsWith("/");
  }

  boolean isRedirectingMissingSlash() {
    return redirecting;
  }

  /** Names the block for methods other than these. */
  void limit(Set<String> methods, Block block) {
    unlimitedMethods = methods;
    limited = block;
  }

  /** Merges this block and those in it; the blocks around it come first. */
  void merge(Merged.Keys keys) {
    merged = keys.merge(this, outer == null ? Merged.NOTHING : outer.merged);
    if (outer != null) {
      modules.addAll(outer.modules);
    }
    addModulesOfConditions(this, modules);
    modules = Set.copyOf(modules);
    children.forEach(child -> child.merge(keys));
  }

  /** An {@code if} runs in place, so that the block around it needs what it needs. */
  private static void addModulesOfConditions(Block block, Set<String> all) {
    for (Block child : block.children) {
      if (child.level == Level.LOCATION_IF || child.level == Level.SERVER_IF) {
        all.addAll(child.modules);
        addModulesOfConditions(child, all);
      }
    }
  }

  @Override
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return merged.get(key);
  }

  /** What is in force for the core module here; the quick way to {@link CoreConf#KEY}. */
  public CoreConf core() {
    return merged.core();
  }

  /** The modules whose directives or variables are in force here, by name; the core's is not. */
  public Set<String> modules() {
    return modules;
  }

  /** This block, or its {@code limit_except} if that is meant for the method. */
  public Block forMethod(String method) {
    return limited == null || unlimitedMethods.contains(method) ? this : limited;
  }
}
