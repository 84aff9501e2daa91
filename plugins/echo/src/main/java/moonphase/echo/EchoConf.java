package moonphase.echo;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * What a location echoes. Immutable. As in the original, the steps of an outer block are used only
 * where a block has none.
 */
record EchoConf(
    List<EchoCommand> commands,
    List<EchoText> before,
    List<EchoText> after,
    Setting<Integer> status)
    implements Conf<EchoConf> {
  static final ConfKey<EchoConf> KEY =
      new ConfKey<>("echo", new EchoConf(List.of(), List.of(), List.of(), Setting.unset()));

  EchoConf then(EchoCommand command) {
    return new EchoConf(with(commands, command), before, after, status);
  }

  EchoConf before(EchoText text) {
    return new EchoConf(commands, with(before, text), after, status);
  }

  EchoConf after(EchoText text) {
    return new EchoConf(commands, before, with(after, text), status);
  }

  EchoConf status(int code) {
    return new EchoConf(commands, before, after, Setting.of(code));
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> all = new ArrayList<>(list);
    all.add(one);
    return List.copyOf(all);
  }

  @Override
  public EchoConf inherit(EchoConf outer) {
    return new EchoConf(
        commands.isEmpty() ? outer.commands : commands,
        before.isEmpty() ? outer.before : before,
        after.isEmpty() ? outer.after : after,
        status.inherit(outer.status));
  }
}
