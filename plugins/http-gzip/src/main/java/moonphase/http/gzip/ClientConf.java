package moonphase.http.gzip;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Regex;
import moonphase.spi.Setting;

/**
 * Who gets compressed responses, and whether caches are told. Immutable.
 *
 * @param vary {@code gzip_vary}
 * @param version {@code gzip_http_version}: the lowest one, 10 or 11
 * @param proxied {@code gzip_proxied}
 * @param disabled {@code gzip_disable}
 */
record ClientConf(
    Setting<Boolean> vary,
    Setting<Integer> version,
    Setting<Set<Proxied>> proxied,
    Setting<Disabled> disabled)
    implements Conf<ClientConf> {
  static final ConfKey<ClientConf> KEY =
      new ConfKey<>(
          "gzip client",
          new ClientConf(Setting.unset(), Setting.unset(), Setting.unset(), Setting.unset()));
  private static final Disabled NOBODY = new Disabled(false, List.of());

  /** Which responses to a proxy are compressed. */
  enum Proxied {
    OFF,
    EXPIRED,
    NO_CACHE("no-cache"),
    NO_STORE("no-store"),
    PRIVATE,
    NO_LAST_MODIFIED,
    NO_ETAG,
    AUTH,
    ANY;

    private final String word;

    Proxied(String word) {
      this.word = word;
    }

    Proxied() {
      this.word = name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The browsers that get nothing compressed.
   *
   * @param isMsie6 {@code msie6}: versions of Internet Explorer that cannot read it
   * @param agents those whose {@code User-Agent} matches
   */
  record Disabled(boolean isMsie6, List<Regex> agents) {}

  ClientConf withVary(Arguments args) {
    return new ClientConf(Setting.of(args.flag(0)), version, proxied, disabled);
  }

  ClientConf withVersion(Arguments args) {
    int number =
        switch (args.get(0)) {
          case "1.0" -> 10;
          case "1.1" -> 11;
          default -> throw args.error("invalid value \"" + args.get(0) + "\"");
        };
    return new ClientConf(vary, Setting.of(number), proxied, disabled);
  }

  /** Source: ngx_conf_set_bitmask_slot. */
  ClientConf withProxied(Arguments args) {
    Set<Proxied> all = EnumSet.noneOf(Proxied.class);
    for (int i = 0; i < args.size(); i++) {
      if (!all.add(proxied(args, args.get(i)))) {
        args.warn("duplicate value \"" + args.get(i) + "\"");
      }
    }
    return new ClientConf(vary, version, Setting.of(Set.copyOf(all)), disabled);
  }

  private static Proxied proxied(Arguments args, String word) {
    for (Proxied each : Proxied.values()) {
      if (each.word.equalsIgnoreCase(word)) {
        return each;
      }
    }
    throw args.error("invalid value \"" + word + "\"");
  }

  ClientConf withDisabled(Arguments args) {
    Disabled known = disabled.orElse(NOBODY);
    boolean isMsie6 = known.isMsie6;
    List<Regex> agents = new ArrayList<>(known.agents);
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).equals("msie6")) {
        isMsie6 = true;
      } else {
        agents.add(args.regex(i, true));
      }
    }
    Disabled all = new Disabled(isMsie6, List.copyOf(agents));
    return new ClientConf(vary, version, proxied, Setting.of(all));
  }

  boolean isVarying() {
    return vary.orElse(false);
  }

  int lowestVersion() {
    return version.orElse(11);
  }

  Set<Proxied> forProxies() {
    return proxied.orElse(Set.of(Proxied.OFF));
  }

  Disabled exceptions() {
    return disabled.orElse(NOBODY);
  }

  @Override
  public ClientConf inherit(ClientConf outer) {
    return new ClientConf(
        vary.inherit(outer.vary),
        version.inherit(outer.version),
        proxied.inherit(outer.proxied),
        disabled.inherit(outer.disabled));
  }
}
