package org.luaj.vm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
  @Test
  void everyPlace_isFoundInEveryRange() {
    for (int n = 0; n < 60; n++) {
      byte[] bytes = new byte[n + 10];
      for (int at = 0; at < n; at++) {
        bytes[at] = (byte) 0x80;
        bytes[at + 1] = (byte) 0x81; // what a borrow from the byte before could pass for
        assertEquals(at, ByteSearch.indexOf(bytes, (byte) 0x80, 0, n));
        assertEquals(-1, ByteSearch.indexOf(bytes, (byte) 0x80, at + 1, n));
        assertEquals(-1, ByteSearch.indexOf(bytes, (byte) 0x80, 0, at));
        bytes[at] = bytes[at + 1] = 0;
      }
    }
  }

  @Test
  void pair_isWhereALoopFindsIt() {
    Random random = new Random(1);
    byte[] bytes = new byte[100];
    for (int round = 0; round < 20_000; round++) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(12) == 0 ? 'a' + random.nextInt(2) : -1 - i % 2);
      }
      int from = random.nextInt(40);
      int stop = from + random.nextInt(60);
      int distance = random.nextInt(9);
      int expected = -1;
      for (int i = from; expected < 0 && i + distance < stop; i++) {
        expected = bytes[i] == 'a' && bytes[i + distance] == 'b' ? i : -1;
      }
      assertEquals(
          expected, ByteSearch.indexOfPair(bytes, (byte) 'a', (byte) 'b', distance, from, stop));
    }
  }

  @Test
  void string_isFoundOnlyWhereAllOfItStands() {
    LuaString text = LuaString.latin1("-".repeat(30) + "neXdle" + "-".repeat(30) + "needle");
    assertEquals(66, text.indexOf(LuaString.latin1("needle"), 0));
    assertEquals(-1, text.indexOf(LuaString.latin1("needle"), 67));
    assertEquals(-1, text.indexOf(LuaString.latin1("needles"), 0));
    assertEquals(71, text.indexOf(LuaString.latin1("e"), 70));
  }
}
