package moonphase.http.charset;

import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.MediaTypes;
import moonphase.spi.Setting;
import moonphase.spi.Template;

/**
 * Which charset responses have. Immutable.
 *
 * @param charset {@code charset}; empty for {@code off}
 * @param source {@code source_charset}; empty for {@code off}
 * @param override {@code override_charset}
 * @param types {@code charset_types}
 */
record CharsetConf(
    Setting<Optional<Template>> charset,
    Setting<Optional<Template>> source,
    Setting<Boolean> override,
    Setting<MediaTypes> types)
    implements Conf<CharsetConf> {
  static final ConfKey<CharsetConf> KEY =
      new ConfKey<>(
          "charset",
          new CharsetConf(Setting.unset(), Setting.unset(), Setting.unset(), Setting.unset()));
  private static final MediaTypes DEFAULT_TYPES =
      MediaTypes.of(
          "text/html",
          "text/xml",
          "text/plain",
          "text/vnd.wap.wml",
          "application/javascript",
          "application/rss+xml");

  CharsetConf withCharset(Arguments args) {
    return new CharsetConf(Setting.of(name(args)), source, override, types);
  }

  CharsetConf withSource(Arguments args) {
    return new CharsetConf(charset, Setting.of(name(args)), override, types);
  }

  private static Optional<Template> name(Arguments args) {
    return args.get(0).equals("off") ? Optional.empty() : Optional.of(args.template(0));
  }

  CharsetConf withOverride(Arguments args) {
    return new CharsetConf(charset, source, Setting.of(args.flag(0)), types);
  }

  CharsetConf withTypes(Arguments args) {
    return new CharsetConf(
        charset, source, override, Setting.of(types.orElse(MediaTypes.of("text/html")).with(args)));
  }

  /** Whether responses of this type get a charset. */
  boolean isWanted(String type) {
    return types.orElse(DEFAULT_TYPES).contains(type);
  }

  @Override
  public CharsetConf inherit(CharsetConf outer) {
    return new CharsetConf(
        charset.inherit(outer.charset),
        source.inherit(outer.source),
        override.inherit(outer.override),
        types.inherit(outer.types));
  }
}
