package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import moonphase.spi.BlockLexer;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Variable;

/**
 * The shape of a module that has gone: its directives and variables without anything that runs, so
 * that its classes can be unloaded.
 *
 * @param name the module's name
 * @param directives its directives; they set nothing
 * @param variables its variables; they have no value
 */
record AbsentModule(String name, List<Directive<?>> directives, List<Variable> variables)
    implements HttpModule {
  /** What its directives set. */
  record Nothing() implements Conf<Nothing> {
    static final ConfKey<Nothing> KEY = new ConfKey<>("absent", new Nothing());

    @Override
    public Nothing inherit(Nothing outer) {
      return this;
    }
  }

  /** Never asked: a source knows where raw blocks end once they were read. */
  private static final BlockLexer UNREAD = (text, start) -> -1;

  static AbsentModule of(HttpModule module) {
    if (module instanceof AbsentModule absent) {
      return absent;
    }
    List<Directive<?>> directives = new ArrayList<>();
    for (Directive<?> d : module.directives()) {
      directives.add(
          new Directive<>(
              d.name(),
              Set.copyOf(d.levels()),
              d.minArgs(),
              d.maxArgs(),
              d.isRepeatable(),
              d.body(),
              d.lexer().map(lexer -> UNREAD),
              d.inner(),
              Nothing.KEY,
              (conf, args) -> conf));
    }
    List<Variable> variables = new ArrayList<>();
    for (Variable v : module.variables()) {
      variables.add(
          new Variable(v.name(), v.isPrefix(), true, (exchange, name) -> null, Optional.empty()));
    }
    return new AbsentModule(module.name(), List.copyOf(directives), List.copyOf(variables));
  }
}
