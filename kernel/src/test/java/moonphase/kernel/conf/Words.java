package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Variable;

/**
 * A module for tests that keeps what it is given: {@code word}, {@code text "..."}, {@code raw {}},
 * {@code when X {}}, {@code make $name}, and the variable {@code $words_version}.
 */
final class Words implements HttpModule {
  static final ConfKey<Kept> KEY = new ConfKey<>("words", new Kept(List.of(), List.of()));

  /** What was written; the words of an outer block hold where none are written. */
  record Kept(List<String> words, List<Arguments> statements) implements moonphase.spi.Conf<Kept> {
    @Override
    public Kept inherit(Kept outer) {
      return words.isEmpty() ? outer : this;
    }

    Kept with(String word, Arguments statement) {
      List<String> all = new ArrayList<>(words);
      all.add(word);
      List<Arguments> each = new ArrayList<>(statements);
      each.add(statement);
      return new Kept(List.copyOf(all), List.copyOf(each));
    }
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public List<Directive<?>> directives() {
    Level[] below = {Level.SERVER, Level.LOCATION, Level.LOCATION_IF};
    return List.of(
        directive("word")
            .in(Level.HTTP, below)
            .args(1, 10)
            .repeatable()
            .sets(KEY, (conf, args) -> conf.with(args.get(0), args)),
        directive("text")
            .in(Level.HTTP, below)
            .args(1)
            .repeatable()
            .sets(KEY, (conf, args) -> conf.with(args.template(0).source(), args)),
        directive("raw")
            .in(Level.HTTP, below)
            .args(0)
            .raw((text, start) -> {
              int mark = text.toString().indexOf("%}", start);
              return mark < 0 ? -1 : mark + 1;
            })
            .sets(KEY, (conf, args) -> conf.with(args.text(), args)),
        directive("lines")
            .in(Level.HTTP, below)
            .args(0)
            .entries()
            .sets(KEY, (conf, args) -> conf.with(args.entries().toString(), args)),
        directive("when")
            .in(Level.LOCATION)
            .args(1)
            .repeatable()
            .block(Map.of(Level.LOCATION, Level.LOCATION_IF))
            .sets(KEY, (conf, args) -> conf.with("when " + args.block().own(KEY).words(), args)),
        directive("make")
            .in(Level.SERVER, Level.LOCATION)
            .args(1)
            .repeatable()
            .sets(
                KEY,
                (conf, args) -> {
                  args.declare(args.get(0).substring(1));
                  return conf;
                }),
        directive("server")
            .in(Level.UPSTREAM)
            .args(1)
            .repeatable()
            .sets(KEY, (conf, args) -> conf.with(args.get(0), args)),
        directive("upstream")
            .in(Level.HTTP)
            .args(1)
            .repeatable()
            .block(Map.of(Level.HTTP, Level.UPSTREAM))
            .sets(KEY, (conf, args) -> conf));
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.cached("words_version", (exchange, name) -> "1"),
        Variable.family("word_", (exchange, name) -> name.substring(5)));
  }
}
