package moonphase.shdict;

import java.util.LinkedHashMap;
import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;

/**
 * The dictionaries of a configuration. Immutable.
 *
 * @param sizes capacity in bytes by name, in the order written
 */
record SharedDictConf(Map<String, Long> sizes) implements Conf<SharedDictConf> {
  static final ConfKey<SharedDictConf> KEY =
      new ConfKey<>("lua_shdict", new SharedDictConf(Map.of()));

  /** No smaller zone can be used. */
  private static final long SMALLEST = 8192;

  SharedDictConf with(Arguments args) {
    String name = args.get(0);
    if (name.isEmpty()) {
      throw args.error("invalid lua shared dict name \"" + name + "\"");
    }
    if (sizes.containsKey(name)) {
      throw args.error("lua_shared_dict \"" + name + "\" is already defined as \"" + name + "\"");
    }
    if (!args.get(1).matches("\\d+[kKmMgG]?") || args.bytes(1) < SMALLEST) {
      throw args.error("invalid lua shared dict size \"" + args.get(1) + "\"");
    }
    Map<String, Long> all = new LinkedHashMap<>(sizes);
    all.put(name, args.bytes(1));
    return new SharedDictConf(java.util.Collections.unmodifiableMap(all));
  }

  @Override
  public SharedDictConf inherit(SharedDictConf outer) {
    return sizes.isEmpty() ? outer : this;
  }
}
