package moonphase.ngx;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How many expressions are kept, and how long they may search. Immutable.
 *
 * @param maxEntries {@code lua_regex_cache_max_entries}
 * @param limit {@code lua_regex_match_limit}
 */
record RegexConf(Setting<Integer> maxEntries, Setting<Integer> limit) implements Conf<RegexConf> {
  static final ConfKey<RegexConf> KEY =
      new ConfKey<>("lua_regex", new RegexConf(Setting.unset(), Setting.unset()));

  int cacheEntries() {
    return maxEntries.orElse(1024);
  }

  /** The steps after which PCRE gives up a match; 0 for PCRE's own limit. */
  int matchLimit() {
    return limit.orElse(0);
  }

  @Override
  public RegexConf inherit(RegexConf outer) {
    return new RegexConf(maxEntries.inherit(outer.maxEntries), limit.inherit(outer.limit));
  }
}
