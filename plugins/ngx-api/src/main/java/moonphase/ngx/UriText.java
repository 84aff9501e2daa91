package moonphase.ngx;

import java.util.Arrays;
import org.luaj.vm2.LuaString;

/**
 * Percent-encoding of bytes. Stateless, any thread.
 *
 * <p>Source: ngx_http_lua_escape_uri, ngx_http_lua_unescape_uri.
 */
final class UriText {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  /**
   * What is escaped by each of nginx's types, controls and bytes from 0x7f on apart: URI,
   * arguments, URI component, HTML, refresh, memcached, mail.
   */
  private static final String[] ESCAPED = {" #%?", " #%+?", "", " \"#%'", " \"%'", " %", " %"};

  private static final boolean[][] STAYS = new boolean[ESCAPED.length][256];
  private static final int COMPONENT = 2;

  private UriText() {}

  /** Escapes what may not stand in one part of a URI. */
  static LuaString escapeComponent(LuaString text) {
    return escape(text, STAYS[COMPONENT]);
  }

  /** Escapes by one of nginx's types, 0 to 6. */
  static LuaString escape(LuaString text, int type) {
    return escape(text, STAYS[type]);
  }

  private static LuaString escape(LuaString text, boolean[] stays) {
    int escapes = 0;
    int end = text.m_offset + text.m_length;
    for (int i = text.m_offset; i < end; i++) {
      if (!stays[text.m_bytes[i] & 0xff]) {
        escapes++;
      }
    }
    if (escapes == 0) {
      return text;
    }
    byte[] out = new byte[text.m_length + 2 * escapes];
    int at = 0;
    for (int i = text.m_offset; i < end; i++) {
      int b = text.m_bytes[i] & 0xff;
      if (stays[b]) {
        out[at++] = (byte) b;
      } else {
        out[at++] = '%';
        out[at++] = HEX[b >> 4];
        out[at++] = HEX[b & 15];
      }
    }
    return LuaString.valueUsing(out);
  }

  /** Decodes escapes, and plus signs as blanks; a percent sign without two digits stays. */
  static LuaString unescape(byte[] text, int from, int to) {
    int i = from;
    while (i < to && text[i] != '%' && text[i] != '+') {
      i++;
    }
    if (i == to) {
      return LuaString.valueUsing(Arrays.copyOfRange(text, from, to));
    }
    byte[] out = new byte[to - from];
    int at = i - from;
    System.arraycopy(text, from, out, 0, at);
    while (i < to) {
      byte b = text[i++];
      if (b == '+') {
        out[at++] = ' ';
      } else if (b == '%' && i + 1 < to && digit(text[i]) >= 0 && digit(text[i + 1]) >= 0) {
        out[at++] = (byte) (digit(text[i]) << 4 | digit(text[i + 1]));
        i += 2;
      } else {
        out[at++] = b;
      }
    }
    return LuaString.valueUsing(Arrays.copyOf(out, at));
  }

  private static int digit(byte b) {
    return Character.digit(b, 16);
  }

  static {
    for (int type = 0; type < ESCAPED.length; type++) {
      boolean keepsHigh = type >= 5;
      for (int b = 0; b < 256; b++) {
        STAYS[type][b] =
            type == COMPONENT
                ? b < 0x7f && (Character.isLetterOrDigit(b) || "-_.~!*'()".indexOf(b) >= 0)
                : b > 0x1f && (b < 0x7f || keepsHigh) && ESCAPED[type].indexOf(b) < 0;
      }
    }
  }
}
