package moonphase.transport.netty.site;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Valid requests with something wrong: the same for the same seed and number. Every body has in it
 * what looks like a request for {@code /decoy}.
 */
final class Mutations {
  private static final String DECOY = "GET /decoy HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CHUNKED = chunk(DECOY) + "5;x=y\r\nabcde\r\n0\r\n";

  private static final List<String> VALID =
      List.of(
          "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /a/b?c=d HTTP/1.1\r\nHost: a:80\r\nUser-Agent: x\r\nAccept: */*\r\nX-Y: z\r\n\r\n",
          "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          post("Content-Length: " + DECOY.length() + "\r\n", DECOY),
          post("Transfer-Encoding: chunked\r\n", CHUNKED + "\r\n"),
          post("Transfer-Encoding: chunked\r\n", CHUNKED + "X: y\r\nContent-Length: 7\r\n\r\n"),
          post("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"),
          post("Content-Length: 0\r\n", ""));

  /** What is put where it does not belong. */
  private static final List<String> PIECES =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          "\0",
          " ",
          "\t",
          ":",
          ";",
          ",",
          "-",
          "+",
          "0",
          "0x",
          "\u007f",
          "\u0080",
          "\u00ff",
          "\u000b",
          " HTTP/1.1",
          "Content-Length: 5\r\n",
          "Content-Length: 0\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Host: b\r\n",
          "Connection: close\r\n",
          "ffffffffffffffff",
          "7fffffffffffffff",
          "0\r\n\r\n",
          "\r\n ",
          "%00",
          "/../",
          "?",
          "#",
          "GET /other HTTP/1.1\r\nHost: a\r\n\r\n");

  private Mutations() {}

  private static String post(String fields, String body) {
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** The bytes of mutation {@code number}. */
  static byte[] bytes(long seed, long number) {
    SplittableRandom random = random(seed, number);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      all.writeBytes(latin1(VALID.get(random.nextInt(VALID.size()))));
    }
    byte[] bytes = all.toByteArray();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes = mutate(bytes, random);
    }
    return bytes;
  }

  /** Where mutation {@code number} is cut into several writes: the ends, in rising order. */
  static int[] cuts(long seed, long number, int length) {
    SplittableRandom random = random(~seed, number);
    int count = random.nextInt(3) == 0 ? random.nextInt(8) : 0;
    int[] cuts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      cuts[i] = random.nextInt(length + 1);
    }
    cuts[count] = length;
    Arrays.sort(cuts);
    return cuts;
  }

  private static SplittableRandom random(long seed, long number) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(12));
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, from);
      case 1 -> replaced(bytes, from, (byte) (bytes[from] ^ 1 << random.nextInt(8)));
      case 2 -> replaced(bytes, from, latin1(piece(random))[0]);
      case 3, 4 -> spliced(bytes, from, latin1(piece(random)), from);
      case 5 -> spliced(bytes, from, new byte[0], to);
      case 6 -> spliced(bytes, lineStart(bytes, from), line(bytes, from), lineStart(bytes, from));
      case 7 -> spliced(bytes, lineStart(bytes, from), latin1(piece(random)), lineEnd(bytes, from));
      default -> digit(bytes, from, random);
    };
  }

  private static String piece(SplittableRandom random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static byte[] replaced(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] spliced(byte[] bytes, int from, byte[] middle, int to) {
    byte[] joined = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, joined, 0, from);
    System.arraycopy(middle, 0, joined, from, middle.length);
    System.arraycopy(bytes, to, joined, from + middle.length, bytes.length - to);
    return joined;
  }

  private static byte[] line(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, lineStart(bytes, at), lineEnd(bytes, at));
  }

  private static int lineStart(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static int lineEnd(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(bytes.length, end + 1);
  }

  /** Changes the next digit, which may be of a length or of a version. */
  private static byte[] digit(byte[] bytes, int from, SplittableRandom random) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        return replaced(bytes, i, (byte) ('0' + random.nextInt(10)));
      }
    }
    return bytes;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
