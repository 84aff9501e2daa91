package moonphase.http.gzip;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What is compressed, and how much. Immutable.
 *
 * @param enabled {@code gzip}
 * @param types {@code gzip_types}, in lower case; with {@link #ANY} among them for all
 * @param minLength {@code gzip_min_length}, bytes
 * @param level {@code gzip_comp_level}, 1 to 9
 */
record GzipConf(
    Setting<Boolean> enabled,
    Setting<Set<String>> types,
    Setting<Long> minLength,
    Setting<Integer> level)
    implements Conf<GzipConf> {
  static final ConfKey<GzipConf> KEY =
      new ConfKey<>(
          "gzip", new GzipConf(Setting.unset(), Setting.unset(), Setting.unset(), Setting.unset()));
  private static final String ANY = "*";
  private static final String HTML = "text/html";
  private static final Set<String> DEFAULT_TYPES = Set.of(HTML);

  GzipConf withEnabled(Arguments args) {
    return new GzipConf(Setting.of(args.flag(0)), types, minLength, level);
  }

  /** Source: ngx_http_types_slot. */
  GzipConf withTypes(Arguments args) {
    Set<String> all = new LinkedHashSet<>(types.orElse(DEFAULT_TYPES));
    for (int i = 0; i < args.size() && !all.contains(ANY); i++) {
      if (!all.add(args.get(i).toLowerCase(Locale.ROOT))) {
        args.warn("duplicate MIME type \"" + args.get(i) + "\"");
      }
    }
    return new GzipConf(enabled, Setting.of(Set.copyOf(all)), minLength, level);
  }

  GzipConf withMinLength(Arguments args) {
    return new GzipConf(enabled, types, Setting.of(args.bytes(0)), level);
  }

  GzipConf withLevel(Arguments args) {
    int number = args.number(0);
    if (number < 1 || number > 9) {
      throw args.error("value must be between 1 and 9");
    }
    return new GzipConf(enabled, types, minLength, Setting.of(number));
  }

  /** Whether this type is compressed; null is that of a response without one. */
  boolean isWanted(@Nullable String type) {
    Set<String> wanted = types.orElse(DEFAULT_TYPES);
    if (wanted.contains(ANY)) {
      return true;
    }
    if (type == null) {
      return false;
    }
    int end = type.indexOf(';');
    String bare = end < 0 ? type : type.substring(0, end);
    return wanted.contains(bare.strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public GzipConf inherit(GzipConf outer) {
    return new GzipConf(
        enabled.inherit(outer.enabled),
        types.inherit(outer.types),
        minLength.inherit(outer.minLength),
        level.inherit(outer.level));
  }
}
