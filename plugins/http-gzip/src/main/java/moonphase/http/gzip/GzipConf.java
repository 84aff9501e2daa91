package moonphase.http.gzip;

import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.MediaTypes;
import moonphase.spi.Setting;

/**
 * What is compressed, and how much. Immutable.
 *
 * @param enabled {@code gzip}
 * @param types {@code gzip_types}
 * @param minLength {@code gzip_min_length}, bytes
 * @param level {@code gzip_comp_level}, 1 to 9
 */
record GzipConf(
    Setting<Boolean> enabled,
    Setting<MediaTypes> types,
    Setting<Long> minLength,
    Setting<Integer> level)
    implements Conf<GzipConf> {
  static final ConfKey<GzipConf> KEY =
      new ConfKey<>(
          "gzip", new GzipConf(Setting.unset(), Setting.unset(), Setting.unset(), Setting.unset()));
  static final MediaTypes DEFAULT_TYPES = MediaTypes.of("text/html");

  GzipConf withEnabled(Arguments args) {
    return new GzipConf(Setting.of(args.flag(0)), types, minLength, level);
  }

  GzipConf withTypes(Arguments args) {
    return new GzipConf(
        enabled, Setting.of(types.orElse(DEFAULT_TYPES).with(args)), minLength, level);
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

  @Override
  public GzipConf inherit(GzipConf outer) {
    return new GzipConf(
        enabled.inherit(outer.enabled),
        types.inherit(outer.types),
        minLength.inherit(outer.minLength),
        level.inherit(outer.level));
  }
}
