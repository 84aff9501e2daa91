package moonphase.http.geo;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import moonphase.spi.Arguments;
import moonphase.spi.Network;
import org.jspecify.annotations.Nullable;

/** Values by network; the smallest network that an address belongs to counts. */
final class Networks implements Lookup {
  private static final Network EVERYTHING = new Network(false, 0, 0, 0);
  private static final Network EVERYTHING6 = new Network(true, 0, 0, 0);

  /** By the number of leading bits that count, the most first. */
  private final TreeMap<Integer, Map<Network, String>> values =
      new TreeMap<>(Collections.reverseOrder());

  @Override
  public void byDefault(Arguments args, String value) {
    put(args, EVERYTHING, value, "default");
    put(args, EVERYTHING6, value, "default");
  }

  @Override
  public void add(Arguments args, String addresses, String value) {
    put(args, read(args, addresses), value, addresses);
  }

  @Override
  public void delete(Arguments args, String addresses) {
    Network network = read(args, addresses);
    Map<Network, String> sameSize = values.get(network.bits());
    if (sameSize == null || sameSize.remove(network) == null) {
      args.warn("no network \"" + addresses + "\" to delete");
    }
  }

  private void put(Arguments args, Network network, String value, String text) {
    String old =
        values.computeIfAbsent(network.bits(), bits -> new HashMap<>()).put(network, value);
    if (old != null) {
      args.warn(
          "duplicate network \"%s\", value: \"%s\", old value: \"%s\"".formatted(text, value, old));
    }
  }

  /** Reads a network with nginx's complaints. */
  static Network read(Arguments args, String text) {
    Network network =
        Network.parse(text).orElseThrow(() -> args.error("invalid network \"" + text + "\""));
    if (!network.equals(network.masked())) {
      args.warn("low address bits of " + text + " are meaningless");
    }
    return network.masked();
  }

  @Override
  public String find(Network address) {
    for (Map.Entry<Integer, Map<Network, String>> each : values.entrySet()) {
      @Nullable String value = each.getValue().get(address.withBits(each.getKey()));
      if (value != null) {
        return value;
      }
    }
    return "";
  }
}
