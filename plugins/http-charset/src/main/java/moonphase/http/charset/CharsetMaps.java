package moonphase.http.charset;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code charset_map}, each for both directions. Immutable.
 *
 * <p>Source: ngx_http_charset_map_block, ngx_http_charset_map.
 *
 * @param recoders by {@code from to}, in lower case
 */
record CharsetMaps(Map<String, Supplier<Recoder>> recoders) implements Conf<CharsetMaps> {
  static final ConfKey<CharsetMaps> KEY = new ConfKey<>("charset", new CharsetMaps(Map.of()));

  private static final int LONGEST_UTF8 = 4;

  /** What recodes from one charset into another; null if there is no table. */
  @Nullable Recoder recoder(String from, String to) {
    Supplier<Recoder> recoder = recoders.get(pair(from, to));
    return recoder == null ? null : recoder.get();
  }

  private static String pair(String from, String to) {
    return (from + " " + to).toLowerCase(Locale.ROOT);
  }

  CharsetMaps with(Arguments args) {
    String from = args.get(0);
    String to = args.get(1);
    if (from.equalsIgnoreCase(to)) {
      throw args.error(
          "\"charset_map\" between the same charsets \"" + from + "\" and \"" + to + "\"");
    }
    if (recoders.containsKey(pair(from, to))) {
      throw args.error("duplicate \"charset_map\" between \"" + from + "\" and \"" + to + "\"");
    }
    Map<String, Supplier<Recoder>> all = new HashMap<>(recoders);
    if (to.equalsIgnoreCase("utf-8")) {
      readUtf8(args, pair(from, to), pair(to, from), all);
    } else {
      readBytes(args, pair(from, to), pair(to, from), all);
    }
    return new CharsetMaps(Map.copyOf(all));
  }

  private static void readUtf8(
      Arguments args, String there, String back, Map<String, Supplier<Recoder>> all) {
    byte[][] table = ToBytes.ascii();
    Map<Integer, Byte> codes = new HashMap<>();
    List<List<String>> entries = args.entries();
    for (int i = 0; i < entries.size(); i++) {
      args.atEntry(i);
      String word = entry(args, entries.get(i)).get(1);
      byte[] bytes = hex(args, word, LONGEST_UTF8);
      int code = Utf8.code(bytes);
      if (code < 0) {
        throw args.error("invalid UTF-8 value \"" + word + "\"");
      }
      int from = number(args, entries.get(i).get(0));
      table[from] = bytes;
      codes.put(code, (byte) from);
    }
    for (int i = 0; i < ToBytes.ASCII; i++) {
      codes.putIfAbsent(i, (byte) i);
    }
    Map<Integer, Byte> decoded = Map.copyOf(codes);
    all.put(there, () -> new ToBytes(table));
    all.put(back, () -> new FromUtf8(decoded));
  }

  private static void readBytes(
      Arguments args, String there, String back, Map<String, Supplier<Recoder>> all) {
    byte[][] forward = ToBytes.ascii();
    byte[][] backward = ToBytes.ascii();
    List<List<String>> entries = args.entries();
    for (int i = 0; i < entries.size(); i++) {
      args.atEntry(i);
      List<String> words = entry(args, entries.get(i));
      int from = number(args, words.get(0));
      int to = number(args, words.get(1));
      forward[from] = new byte[] {(byte) to};
      backward[to] = new byte[] {(byte) from};
    }
    all.put(there, () -> new ToBytes(forward));
    all.put(back, () -> new ToBytes(backward));
  }

  private static List<String> entry(Arguments args, List<String> words) {
    if (words.size() != 2) {
      throw args.error("invalid parameters number");
    }
    return words;
  }

  /** One byte in hexadecimal digits. */
  private static int number(Arguments args, String word) {
    return hex(args, word.length() == 1 ? "0" + word : word, 1)[0] & 0xff;
  }

  private static byte[] hex(Arguments args, String word, int most) {
    if (!word.matches("(?:\\p{XDigit}{2}){1," + most + "}")) {
      throw args.error("invalid value \"" + word + "\"");
    }
    return HexFormat.of().parseHex(word);
  }

  /** There is one level only. */
  @Override
  public CharsetMaps inherit(CharsetMaps outer) {
    return recoders.isEmpty() ? outer : this;
  }
}
