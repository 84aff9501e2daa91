package moonphase.http.geo;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import moonphase.spi.Arguments;
import moonphase.spi.Network;
import org.jspecify.annotations.Nullable;

/**
 * Values by range of IPv4 addresses; a range may lie within another one, and counts there.
 *
 * <p>Source: ngx_http_geo_add_range, ngx_http_geo_delete_range.
 */
final class Ranges implements Lookup {
  private static final int BLOCK = 0x1_0000;
  private static final int LAST = BLOCK - 1;
  private static final long NOBODY = 0xffff_ffffL;

  /** By the upper half of an address, then by the lower half of a range's first one. */
  private final Map<Integer, TreeMap<Integer, Part>> blocks = new HashMap<>();

  private @Nullable String byDefault;

  /** A range within a block, up to and with {@code last}. */
  private record Part(int last, String value) {}

  /** A range as written. */
  private record Range(long first, long last) {}

  /** Does something with the part of a range that lies within a block. */
  private interface PartAction {
    void accept(int block, int first, int last);
  }

  @Override
  public void byDefault(Arguments args, String value) {
    if (byDefault != null) {
      args.warn(
          "duplicate default geo range value: \"%s\", old value: \"%s\""
              .formatted(value, byDefault));
    }
    byDefault = value;
  }

  @Override
  public void add(Arguments args, String addresses, String value) {
    each(
        read(args, addresses),
        (block, first, last) -> add(args, addresses, value, block, first, last));
  }

  private void add(Arguments args, String text, String value, int block, int first, int last) {
    TreeMap<Integer, Part> parts = blocks.computeIfAbsent(block, b -> new TreeMap<>());
    Map.Entry<Integer, Part> before = parts.floorEntry(last);
    if (before == null || first > before.getValue().last) {
      parts.put(first, new Part(last, value));
      return;
    }
    int start = before.getKey();
    Part around = before.getValue();
    if (first == start && last == around.last) {
      args.warn(
          "duplicate range \"%s\", value: \"%s\", old value: \"%s\""
              .formatted(text, value, around.value));
    } else if (first < start || last > around.last) {
      throw args.error(
          "range \"%s\" overlaps \"%s-%s\""
              .formatted(text, address(block, start), address(block, around.last)));
    }
    if (first > start) {
      parts.put(start, new Part(first - 1, around.value));
    }
    parts.put(first, new Part(last, value));
    if (last < around.last) {
      parts.put(last + 1, around);
    }
  }

  private static String address(int block, int rest) {
    return "%d.%d.%d.%d".formatted(block >> 8, block & 0xff, rest >> 8, rest & 0xff);
  }

  @Override
  public void delete(Arguments args, String addresses) {
    boolean[] missing = {false};
    each(
        read(args, addresses),
        (block, first, last) -> {
          TreeMap<Integer, Part> parts = blocks.getOrDefault(block, new TreeMap<>());
          Part part = parts.get(first);
          if (part != null && part.last == last) {
            parts.remove(first);
          } else {
            missing[0] = true;
          }
        });
    if (missing[0]) {
      args.warn("no address range \"" + addresses + "\" to delete");
    }
  }

  private static void each(Range range, PartAction action) {
    int lastBlock = (int) (range.last / BLOCK);
    for (int block = (int) (range.first / BLOCK); block <= lastBlock; block++) {
      long start = (long) block * BLOCK;
      action.accept(
          block,
          (int) (Math.max(range.first, start) - start),
          (int) (Math.min(range.last, start + LAST) - start));
    }
  }

  private static Range read(Arguments args, String text) {
    int dash = text.indexOf('-');
    long first = dash < 0 ? NOBODY : address(text.substring(0, dash));
    long last = dash < 0 ? NOBODY : address(text.substring(dash + 1));
    // 255.255.255.255 is what nginx takes for a mistake
    if (first == NOBODY || last == NOBODY || first > last) {
      throw args.error("invalid range \"" + text + "\"");
    }
    return new Range(first, last);
  }

  private static long address(String text) {
    return Network.parse(text)
        .filter(address -> !address.isInet6() && text.indexOf('/') < 0)
        .map(Network::inetNumber)
        .orElse(NOBODY);
  }

  @Override
  public String find(Network address) {
    long number = address.isInet6() ? NOBODY : address.inetNumber();
    TreeMap<Integer, Part> parts = blocks.get((int) (number / BLOCK));
    int rest = (int) (number % BLOCK);
    Map.Entry<Integer, Part> part = parts == null ? null : parts.floorEntry(rest);
    if (part != null && rest <= part.getValue().last) {
      return part.getValue().value;
    }
    return byDefault == null ? "" : byDefault;
  }
}
