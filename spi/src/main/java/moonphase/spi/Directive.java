package moonphase.spi;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One directive: where it may stand, how many arguments it takes, what it sets. Immutable.
 *
 * <pre>{@code
 * directive("deny").in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT).args(1)
 *     .sets(AccessConf.KEY, (conf, args) -> conf.deny(args))
 * }</pre>
 *
 * @param name as written
 * @param levels where it may stand
 * @param minArgs the fewest arguments
 * @param maxArgs the most arguments
 * @param isRepeatable false: a second one in the same block is {@code "x" directive is duplicate}
 * @param body what follows the arguments
 * @param lexer finds the end of a raw block; present for {@link Body#RAW}
 * @param inner the level of the block's content, by the level the directive stands on; for {@link
 *     Body#BLOCK}
 * @param key whose configuration it changes
 * @param setter the change
 * @param <C> the type of that configuration
 */
@ProviderType
public record Directive<C extends Conf<C>>(
    String name,
    Set<Level> levels,
    int minArgs,
    int maxArgs,
    boolean isRepeatable,
    Body body,
    Optional<BlockLexer> lexer,
    Map<Level, Level> inner,
    ConfKey<C> key,
    Setter<C> setter) {

  /** What follows the arguments of a directive. */
  public enum Body {
    /** A semicolon. */
    NONE,
    /** Braces around directives; {@link Arguments#block()}. */
    BLOCK,
    /** Braces around lines of words, as in {@code types}; {@link Arguments#entries()}. */
    ENTRIES,
    /** Braces around text in a language of its own; {@link Arguments#text()}. */
    RAW
  }

  /** Makes the new configuration of a block when a directive was read in it. */
  @ConsumerType
  @FunctionalInterface
  public interface Setter<C extends Conf<C>> {
    /**
     * The configuration after this directive. Called while the configuration is read.
     *
     * @param conf the block's own configuration so far
     * @param args the directive as written
     * @return never null
     * @throws ConfException made by {@link Arguments#error}
     */
    C set(C conf, Arguments args);
  }

  /** Begins a directive. */
  public static Builder directive(String name) {
    return new Builder(name);
  }

  /** A directive being described; one argument and not repeatable unless said otherwise. */
  public static final class Builder {
    private final String name;
    private Set<Level> levels = EnumSet.noneOf(Level.class);
    private int minArgs = 1;
    private int maxArgs = 1;
    private boolean repeatable;
    private Body body = Body.NONE;
    private Optional<BlockLexer> lexer = Optional.empty();
    private Map<Level, Level> inner = Map.of();

    private Builder(String name) {
      this.name = name;
    }

    /** Where it may stand. */
    public Builder in(Level first, Level... rest) {
      levels = EnumSet.of(first, rest);
      return this;
    }

    /** Exactly {@code n} arguments. */
    public Builder args(int n) {
      minArgs = n;
      maxArgs = n;
      return this;
    }

    /** From {@code min} to {@code max} arguments; {@link Integer#MAX_VALUE} for any number. */
    public Builder args(int min, int max) {
      minArgs = min;
      maxArgs = max;
      return this;
    }

    /** May be written more than once in a block. */
    public Builder repeatable() {
      repeatable = true;
      return this;
    }

    /** Opens a block of directives; {@code inner} says which level it is on which level. */
    public Builder block(Map<Level, Level> inner) {
      this.body = Body.BLOCK;
      this.inner = Map.copyOf(inner);
      return this;
    }

    /** Opens a block of lines of words. */
    public Builder entries() {
      this.body = Body.ENTRIES;
      return this;
    }

    /** Opens a block of text whose end {@code lexer} finds. */
    public Builder raw(BlockLexer lexer) {
      this.body = Body.RAW;
      this.lexer = Optional.of(lexer);
      return this;
    }

    /** Completes the directive. */
    public <C extends Conf<C>> Directive<C> sets(ConfKey<C> key, Setter<C> setter) {
      return new Directive<>(
          name, levels, minArgs, maxArgs, repeatable, body, lexer, inner, key, setter);
    }
  }
}
