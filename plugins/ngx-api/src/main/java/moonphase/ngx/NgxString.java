package moonphase.ngx;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * Escaping, encoding and hashing of strings. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_string.c, lua-resty-core's resty.core.uri, hash and base64.
 */
@Component
public final class NgxString implements NgxArea {
  private static final int DEFAULT_MAX_ARGS = 100;
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** Used by the framework. */
  public NgxString() {}

  /** What resty.core makes of an argument: nil and false are empty, anything else its text. */
  private static LuaString text(LuaValue value) {
    if (value.type() == LuaValue.TSTRING) {
      return value.checkstring();
    }
    return value.toboolean() ? LuaText.lua(LuaText.textOf(value)) : LuaValue.EMPTYSTRING;
  }

  private static byte[] bytes(LuaValue value) {
    LuaString s = text(value);
    byte[] copy = new byte[s.m_length];
    System.arraycopy(s.m_bytes, s.m_offset, copy, 0, s.m_length);
    return copy;
  }

  private static Varargs escapeUri(Varargs args) {
    LuaValue type = args.arg(2);
    if (type.isnil()) {
      return UriText.escapeComponent(text(args.arg1()));
    }
    if (type.type() != LuaValue.TNUMBER) {
      throw new LuaError(LuaText.lua("\"type\" is not a number"));
    }
    int number = type.toint();
    if (number < 0 || number > 6) {
      throw new LuaError(LuaText.lua("\"type\" " + number + " out of range"));
    }
    return UriText.escape(text(args.arg1()), number);
  }

  private static Varargs unescapeUri(Varargs args) {
    LuaString s = text(args.arg1());
    return UriText.unescape(s.m_bytes, s.m_offset, s.m_offset + s.m_length);
  }

  private static Varargs encodeArgs(Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("expecting 1 argument but seen " + args.narg());
    }
    return QueryArgs.encode(args.checktable(1));
  }

  private static Varargs decodeArgs(Varargs args) {
    if (args.narg() == 0) {
      throw new LuaError("expecting 1 or 2 arguments but seen 0");
    }
    LuaString s = args.checkstring(1);
    int max = args.optint(2, DEFAULT_MAX_ARGS);
    LuaTable table = args.arg(3).istable() ? args.checktable(3) : new LuaTable();
    boolean truncated = QueryArgs.parse(s, table, Math.max(0, max));
    return truncated ? LuaValue.varargsOf(table, LuaText.lua("truncated")) : table;
  }

  private static Varargs decodeBase64(Varargs args, Base64.Decoder decoder) {
    if (args.arg1().type() != LuaValue.TSTRING) {
      throw new LuaError("string argument only");
    }
    try {
      return LuaText.lua(decoder.decode(unpadded(bytes(args.arg1()))));
    } catch (IllegalArgumentException malformed) {
      return LuaValue.NIL;
    }
  }

  /** Without the signs that fill the last group: with or without them is the same to nginx. */
  private static byte[] unpadded(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] == '=') {
      end--;
    }
    return java.util.Arrays.copyOf(text, end);
  }

  /** Base64 with {@code -} and {@code _}, without signs that fill the last group. */
  static Varargs encodeBase64Url(LuaValue text) {
    if (text.type() != LuaValue.TSTRING) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua("must provide a string"));
    }
    return LuaText.lua(Base64.getUrlEncoder().withoutPadding().encode(bytes(text)));
  }

  /** What {@link #encodeBase64Url} encoded; the first {@code =} ends it. */
  static Varargs decodeBase64Url(LuaValue text) {
    if (text.type() != LuaValue.TSTRING) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua("must provide a string"));
    }
    byte[] encoded = bytes(text);
    int end = 0;
    while (end < encoded.length && encoded[end] != '=') {
      end++;
    }
    try {
      return LuaText.lua(Base64.getUrlDecoder().decode(java.util.Arrays.copyOf(encoded, end)));
    } catch (IllegalArgumentException malformed) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua("invalid input"));
    }
  }

  private static Varargs encodeBase64(Varargs args) {
    LuaValue noPadding = args.arg(2);
    if (noPadding.toboolean() && noPadding.type() != LuaValue.TBOOLEAN) {
      throw new LuaError("bad no_padding: boolean expected, got " + noPadding.typename());
    }
    Base64.Encoder encoder = Base64.getEncoder();
    return LuaText.lua(
        (noPadding.toboolean() ? encoder.withoutPadding() : encoder).encode(bytes(args.arg1())));
  }

  /** The digest of a text by a JDK algorithm. */
  static byte[] digest(String algorithm, LuaValue value) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has MD5 and SHA-1
    }
  }

  private static Varargs hmacSha1(Varargs args) {
    if (args.narg() != 2) {
      throw new LuaError("expecting 2 arguments, but got " + args.narg());
    }
    byte[] key = bytes(args.checkstring(1));
    byte[] message = bytes(args.checkstring(2));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      // an empty key is a key of zeros, which the JDK's key class does not take
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA1"));
      return LuaText.lua(mac.doFinal(message));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes in lower case hexadecimal digits. */
  static LuaString hex(byte[] bytes) {
    byte[] text = new byte[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = HEX[bytes[i] >> 4 & 15];
      text[2 * i + 1] = HEX[bytes[i] & 15];
    }
    return LuaText.lua(text);
  }

  private static Varargs crc32(Varargs args) {
    CRC32 crc = new CRC32();
    LuaString s = text(args.arg1());
    crc.update(s.m_bytes, s.m_offset, s.m_length);
    return LuaValue.valueOf((double) crc.getValue());
  }

  private static Varargs quoteSqlString(Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("expecting one argument");
    }
    return quoteSql(args.checkstring(1));
  }

  /** A text as a literal of MySQL. */
  static LuaString quoteSql(LuaString s) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(s.m_length + 2);
    out.write('\'');
    for (int i = s.m_offset; i < s.m_offset + s.m_length; i++) {
      int escape = "\0\b\n\r\t\032\\'\"".indexOf(s.m_bytes[i]);
      if (escape >= 0) {
        out.write('\\');
        out.write("0bnrtZ\\'\"".charAt(escape));
      } else {
        out.write(s.m_bytes[i]);
      }
    }
    out.write('\'');
    return LuaText.lua(out.toByteArray());
  }

  private static NgxFunction function(
      String name, java.util.function.Function<Varargs, Varargs> body) {
    return new NgxFunction(name, ApiGroup.PURE, (run, args) -> body.apply(args));
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("escape_uri", NgxString::escapeUri),
        function("unescape_uri", NgxString::unescapeUri),
        function("encode_args", NgxString::encodeArgs),
        function("decode_args", NgxString::decodeArgs),
        function("encode_base64", NgxString::encodeBase64),
        function("decode_base64", args -> decodeBase64(args, Base64.getDecoder())),
        function("decode_base64mime", args -> decodeBase64(args, Base64.getMimeDecoder())),
        function("md5", args -> hex(digest("MD5", args.arg1()))),
        function("md5_bin", args -> LuaText.lua(digest("MD5", args.arg1()))),
        function("sha1_bin", args -> LuaText.lua(digest("SHA-1", args.arg1()))),
        function("hmac_sha1", NgxString::hmacSha1),
        function("crc32_short", NgxString::crc32),
        function("crc32_long", NgxString::crc32),
        function("quote_sql_str", NgxString::quoteSqlString));
  }
}
