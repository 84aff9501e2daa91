package moonphase.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LuaBlockLexerTest {
  private static String block(String text) {
    return text.substring(0, LuaBlockLexer.INSTANCE.end(text, 0));
  }

  @Test
  void nestedBraces_areCounted() {
    assertEquals("local t = {a = {}} ", block("local t = {a = {}} } tail }"));
  }

  @Test
  void bracesInStrings_doNotCount() {
    assertEquals("a = \"}\\\"}\" b = '{' ", block("a = \"}\\\"}\" b = '{' } x"));
  }

  @Test
  void bracesInLongBrackets_doNotCount() {
    assertEquals("a = [==[ } ]] ]=] ]==] ", block("a = [==[ } ]] ]=] ]==] } x"));
  }

  @Test
  void bracesInComments_doNotCount() {
    assertEquals("-- it's }\n--[[ } \n ]] x = 1 ", block("-- it's }\n--[[ } \n ]] x = 1 }"));
  }

  @Test
  void indexedTables_areNoLongBrackets() {
    assertEquals("t[1] = t[t[2]] ", block("t[1] = t[t[2]] }"));
  }

  @Test
  void missingBrace_isTold() {
    assertEquals(
        "unexpected end of file, expecting terminating characters for lua code block",
        assertThrows(IllegalArgumentException.class, () -> block("if x then {")).getMessage());
  }

  @Test
  void missingLongBracket_isTold() {
    assertEquals(
        "Lua code block missing the closing long bracket \"]=]\","
            + " the inlined Lua code may be too long",
        assertThrows(IllegalArgumentException.class, () -> block("a = [=[ x }")).getMessage());
  }
}
