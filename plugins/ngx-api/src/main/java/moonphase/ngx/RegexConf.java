package moonphase.ngx;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How many expressions are kept. Immutable.
 *
 * @param maxEntries {@code lua_regex_cache_max_entries}
 */
record RegexConf(Setting<Integer> maxEntries) implements Conf<RegexConf> {
  static final ConfKey<RegexConf> KEY = new ConfKey<>("lua_regex", new RegexConf(Setting.unset()));

  int cacheEntries() {
    return maxEntries.orElse(1024);
  }

  @Override
  public RegexConf inherit(RegexConf outer) {
    return new RegexConf(maxEntries.inherit(outer.maxEntries));
  }
}
