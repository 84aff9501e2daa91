package moonphase.http.access;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;

/**
 * The rules of a level, the first that fits decides; inherited only if the level has none.
 *
 * @param rules in the order in which they were written
 */
record AccessConf(List<Rule> rules) implements Conf<AccessConf> {
  static final ConfKey<AccessConf> KEY = new ConfKey<>("access", new AccessConf(List.of()));

  AccessConf with(Rule rule) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(rule);
    return new AccessConf(List.copyOf(all));
  }

  @Override
  public AccessConf inherit(AccessConf outer) {
    return rules.isEmpty() ? outer : this;
  }
}
