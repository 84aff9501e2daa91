package moonphase.preload.cjson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

class CodecTest {
  private final Options options = new Options();
  private final Markers markers =
      new Markers(
          new LuaUserdata("null"), new LuaUserdata("empty"), new LuaTable(), new LuaTable());

  private static LuaString lua(String latin1) {
    return LuaString.valueOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(LuaValue value) {
    LuaString s = value.checkstring();
    return new String(s.m_bytes, s.m_offset, s.m_length, StandardCharsets.ISO_8859_1);
  }

  private LuaValue decode(String json) {
    return new Decoder(options, markers, lua(json)).decode();
  }

  private String encode(LuaValue value) {
    return text(new Encoder(options, markers).encode(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2.5,-3,1e+20,0.1]",
        "[true,false,null]",
        "[[],[[]]]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\"",
        "{\"a\":{\"b\":[1]}}",
        "[\"\u00e9\u0000\"]",
      })
  void codec_roundTrip_keepsTheText(String json) {
    options.emptyTableAsObject = false;
    String sent = json.replace("\u0000", "\\u0000");
    assertEquals(sent, encode(decode(sent)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"a\":1` | Expected comma or object end but found T_END at character 7",
        "`[1,]` | Expected value but found T_ARR_END at character 4",
        "`{a:1}` | Expected object key string but found invalid token at character 2",
        "`{\"a\" 1}` | Expected colon but found T_NUMBER at character 6",
        "`` | Expected value but found T_END at character 1",
        "`1 2` | Expected the end but found T_NUMBER at character 3",
        "`\"ab` | Expected value but found unexpected end of string at character 4",
        "`\"\\x\"` | Expected value but found invalid escape code at character 2",
        "`\"\\ud800\"` | Expected value but found invalid unicode escape code at character 2",
        "`nope` | Expected value but found invalid token at character 1",
      })
  void decode_malformed_saysWhatAndWhere(String json, String message) {
    assertEquals(message, assertThrows(LuaError.class, () -> decode(json)).getMessage());
  }

  @Test
  void decode_unicodeEscapes_becomeUtf8() {
    assertEquals(
        new String(
            "\u20ac\ud834\udd1e".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
        text(decode("\"\\u20ac\\ud834\\udd1e\"")));
  }

  @Test
  void decode_null_isTheMarker() {
    assertSame(markers.nothing(), decode("[null]").get(1));
  }

  @Test
  void decode_tooDeep_isRefused() {
    options.decodeMaxDepth = 2;
    assertEquals(
        "Found too many nested data structures (3) at character 3",
        assertThrows(LuaError.class, () -> decode("[[[]]]")).getMessage());
  }

  @Test
  void encode_sparse_isRefusedOrConverted() {
    LuaTable table = new LuaTable();
    table.rawset(1, LuaValue.TRUE);
    table.rawset(1000, LuaValue.TRUE);
    assertEquals(
        "Cannot serialise table: excessively sparse array",
        assertThrows(LuaError.class, () -> encode(table)).getMessage());
    options.sparseConvert = true;
    assertTrue(encode(table).startsWith("{\"1\":true") || encode(table).startsWith("{\"1000\""));
  }

  @Test
  void encode_holes_areNull() {
    LuaTable table = new LuaTable();
    table.rawset(3, LuaValue.valueOf(1));
    assertEquals("[null,null,1]", encode(table));
  }

  @Test
  void encode_emptyTables_areObjectsUnlessMarked() {
    LuaTable marked = new LuaTable();
    marked.setmetatable(markers.emptyArrayMeta());
    assertEquals("{}", encode(new LuaTable()));
    assertEquals("[]", encode(marked));
    assertEquals("[]", encode(markers.emptyArray()));
    LuaTable array = new LuaTable();
    array.setmetatable(markers.arrayMeta());
    assertEquals("[]", encode(array));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 14, 0.1",
    "123456789012345680, 14, 1.2345678901235e+17",
    "1e100, 14, 1e+100",
    "0.00001, 14, 1e-05",
    "3.14159, 3, 3.14",
    "-2.5, 14, -2.5",
  })
  void encode_numbers_asCPrintsThem(double number, int precision, String text) {
    options.precision = precision;
    assertEquals(text, encode(LuaValue.valueOf(number)));
  }

  @Test
  void encode_notANumber_isRefusedUnlessAsked() {
    assertEquals(
        "Cannot serialise number: must not be NaN or Infinity",
        assertThrows(LuaError.class, () -> encode(LuaValue.valueOf(Double.NaN))).getMessage());
    options.encodeInvalid = Options.InvalidNumbers.ON;
    assertEquals("-Infinity", encode(LuaValue.valueOf(Double.NEGATIVE_INFINITY)));
    options.encodeInvalid = Options.InvalidNumbers.NULL;
    assertEquals("null", encode(LuaValue.valueOf(Double.NaN)));
  }

  @Test
  void encode_function_isNotSupported() {
    LuaTable table = new LuaTable();
    table.set(
        "f",
        new org.luaj.vm2.lib.ZeroArgFunction() {
          @Override
          public LuaValue call() {
            return LuaValue.NIL;
          }
        });
    assertEquals(
        "Cannot serialise function: type not supported",
        assertThrows(LuaError.class, () -> encode(table)).getMessage());
    options.skipUnsupported = true;
    assertEquals("{}", encode(table));
  }
}
