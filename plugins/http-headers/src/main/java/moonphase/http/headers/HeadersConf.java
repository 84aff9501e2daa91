package moonphase.http.headers;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Template;

/**
 * The fields that a block adds. Immutable; inherited only by blocks that add none.
 *
 * @param fields in the order written
 */
record HeadersConf(List<Field> fields) implements Conf<HeadersConf> {
  static final ConfKey<HeadersConf> KEY = new ConfKey<>("headers", new HeadersConf(List.of()));

  /**
   * A field to add.
   *
   * @param name as written
   * @param value empty values are not added
   * @param always whether it is added whatever the status
   */
  record Field(String name, Template value, boolean always) {}

  HeadersConf with(Arguments args) {
    boolean always = args.size() == 3;
    if (always && !args.get(2).equals("always")) {
      throw args.error("invalid parameter \"" + args.get(2) + "\"");
    }
    List<Field> all = new ArrayList<>(fields);
    all.add(new Field(args.get(0), args.template(1), always));
    return new HeadersConf(List.copyOf(all));
  }

  @Override
  public HeadersConf inherit(HeadersConf outer) {
    return fields.isEmpty() ? outer : this;
  }
}
