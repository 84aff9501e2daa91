package moonphase.ngx;

import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import moonphase.lua.LuaText;
import org.luaj.vm2.LuaString;

/**
 * What scripts call as {@code ndk.set_var.NAME(text)}: the directives of the set-misc module that
 * make one text of another. Any thread, stateless.
 *
 * <p>Source: set-misc-nginx-module's README.
 */
final class SetVarFunctions {
  private static final String BASE32 = "0123456789abcdefghijklmnopqrstuv";

  /** The functions by the directive's name. */
  static final Map<String, UnaryOperator<LuaString>> ALL =
      Map.of(
          "set_escape_uri", UriText::escapeComponent,
          "set_unescape_uri", SetVarFunctions::unescape,
          "set_quote_sql_str", NgxString::quoteSql,
          "set_md5", text -> NgxString.hex(NgxString.digest("MD5", text)),
          "set_sha1", text -> NgxString.hex(NgxString.digest("SHA-1", text)),
          "set_encode_hex", text -> NgxString.hex(LuaText.bytes(text)),
          "set_encode_base64", text -> LuaText.lua(Base64.getEncoder().encode(LuaText.bytes(text))),
          "set_encode_base32", text -> base32(LuaText.bytes(text)));

  private SetVarFunctions() {}

  private static LuaString unescape(LuaString text) {
    return UriText.unescape(text.m_bytes, text.m_offset, text.m_offset + text.m_length);
  }

  /** Groups of five bits, most significant first, filled up with {@code =}. */
  private static LuaString base32(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length + 4) / 5 * 8);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(buffer >> bits & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(BASE32.charAt(buffer << (5 - bits) & 31));
    }
    while (text.length() % 8 != 0) {
      text.append('=');
    }
    return LuaText.lua(text.toString());
  }
}
