package moonphase.transport.netty;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the names of header fields, so that the usual ones are neither made anew nor compared
 * for each request. Worker thread only.
 */
final class FieldNames {
  private static final int SLOTS = 512;
  private static final int LONGEST = 48;

  /**
   * Fields that must not come twice.
   *
   * <p>Source: ngx_http_headers_in, ngx_http_process_unique_header_line.
   */
  private static final Set<String> UNIQUE =
      Set.of(
          "host",
          "if-modified-since",
          "if-unmodified-since",
          "if-match",
          "if-none-match",
          "content-length",
          "content-range",
          "if-range",
          "transfer-encoding",
          "expect",
          "authorization");

  /** What a field means to the wire. */
  enum Meaning {
    HOST,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    EXPECT,
    OTHER
  }

  /**
   * A field's name.
   *
   * @param text as sent
   * @param meaning what it is to the wire
   * @param isUnique whether a second one is an error
   */
  record Name(String text, Meaning meaning, boolean isUnique) {}

  private final @Nullable Name[] slots = new @Nullable Name[SLOTS];

  /** The name between two offsets. */
  Name name(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ hash >>> 9) & SLOTS - 1;
    Name known = slots[slot];
    if (known != null && isSame(known.text(), bytes, from, to)) {
      return known;
    }
    Name name = of(Latin1.text(bytes, from, to));
    if (to - from <= LONGEST) {
      slots[slot] = name;
    }
    return name;
  }

  private static boolean isSame(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != (bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static Name of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Meaning meaning =
        switch (lower) {
          case "host" -> Meaning.HOST;
          case "content-length" -> Meaning.CONTENT_LENGTH;
          case "transfer-encoding" -> Meaning.TRANSFER_ENCODING;
          case "expect" -> Meaning.EXPECT;
          default -> Meaning.OTHER;
        };
    return new Name(text, meaning, UNIQUE.contains(lower));
  }
}
