package moonphase.http.headers;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;
import moonphase.spi.Template;

/**
 * The fields that a block adds. Immutable; each list is inherited only by blocks that have none.
 *
 * @param fields {@code add_header}, in the order written
 * @param trailers {@code add_trailer}, in the order written
 * @param expires {@code expires}
 */
record HeadersConf(List<Field> fields, List<Field> trailers, Setting<Expires> expires)
    implements Conf<HeadersConf> {
  static final ConfKey<HeadersConf> KEY =
      new ConfKey<>("headers", new HeadersConf(List.of(), List.of(), Setting.unset()));

  /**
   * A field to add.
   *
   * @param name as written
   * @param value empty values are not added
   * @param always whether it is added whatever the status
   */
  record Field(String name, Template value, boolean always) {}

  HeadersConf withField(Arguments args) {
    return new HeadersConf(with(fields, args), trailers, expires);
  }

  HeadersConf withTrailer(Arguments args) {
    return new HeadersConf(fields, with(trailers, args), expires);
  }

  HeadersConf withExpires(Arguments args) {
    return new HeadersConf(fields, trailers, Setting.of(Expires.read(args)));
  }

  private static List<Field> with(List<Field> known, Arguments args) {
    boolean always = args.size() == 3;
    if (always && !args.get(2).equals("always")) {
      throw args.error("invalid parameter \"" + args.get(2) + "\"");
    }
    List<Field> all = new ArrayList<>(known);
    all.add(new Field(args.get(0), args.template(1), always));
    return List.copyOf(all);
  }

  @Override
  public HeadersConf inherit(HeadersConf outer) {
    return new HeadersConf(
        fields.isEmpty() ? outer.fields : fields,
        trailers.isEmpty() ? outer.trailers : trailers,
        expires.inherit(outer.expires));
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return fields.isEmpty() && trailers.isEmpty() && !expires.isSet();
  }
}
