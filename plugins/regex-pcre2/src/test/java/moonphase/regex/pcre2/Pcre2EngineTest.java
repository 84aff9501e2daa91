package moonphase.regex.pcre2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import moonphase.spi.Captures;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine.Option;
import moonphase.spi.RegexException;
import org.junit.jupiter.api.Test;

class Pcre2EngineTest {
  private final Pcre2Engine engine = new Pcre2Engine();

  private Regex regex(String pattern, Option... options) {
    return engine.compile(pattern, Set.of(options));
  }

  @Test
  void version_library_isNamed() {
    assertTrue(engine.version().matches("PCRE2 10\\.\\d+ .*"), engine.version());
  }

  @Test
  void match_groups_areFound() {
    Captures found = regex("^/(\\w+)/(x)?(.*)$").match("/abc/d\u00e9");
    assertNotNull(found);
    assertEquals("abc", found.group(1));
    assertNull(found.group(2));
    assertEquals("d\u00e9", found.group(3));
    assertNull(found.group(9));
  }

  @Test
  void match_nothing_isNull() {
    assertNull(regex("b").match("a"));
  }

  @Test
  void match_caseless_asAsked() {
    assertNotNull(regex("AB", Option.CASELESS).match("xab"));
    assertNull(regex("AB").match("xab"));
  }

  @Test
  void match_jit_equalsInterpreter() {
    for (String subject : List.of("aaa", "", "xaay", "b")) {
      Captures plain = regex("a+?(a*)").match(subject);
      Captures jit = regex("a+?(a*)", Option.JIT).match(subject);
      assertEquals(plain == null ? null : plain.group(1), jit == null ? null : jit.group(1));
    }
  }

  @Test
  void match_dfa_isTheLongest() {
    Captures found = regex("a|ab|abc", Option.DFA).match("xabcd");
    assertNotNull(found);
    assertEquals("abc", found.group(0));
  }

  @Test
  void match_bytesFromOffset_countsFromOffset() {
    byte[] subject = {'x', 'x', 'a', 'b', 'a', 'b', 'x'};
    int[] captures = new int[4];
    assertEquals(2, regex("(a)b").match(subject, 2, 4, 1, captures));
    assertArrayEquals(new int[] {2, 4, 2, 3}, captures);
  }

  @Test
  void match_runaway_isGivenUp() {
    Regex evil = regex("^(a+)+$");
    RegexException given =
        assertThrows(RegexException.class, () -> evil.match("a".repeat(64) + "b"));
    assertEquals(-47, given.code());
    assertEquals("pcre2_match() failed: -47", given.getMessage());
  }

  @Test
  void names_groups_byNumber() {
    assertEquals(List.of("year", "", "day"), regex("(?<year>.)(.)(?P<day>.)").names());
  }

  @Test
  void compile_malformed_saysWhere() {
    RegexException refused = assertThrows(RegexException.class, () -> regex("(ab"));
    assertEquals("missing closing parenthesis", refused.getMessage());
    assertEquals(3, refused.offset());
  }

  @Test
  void match_twoThreads_doNotDisturb() throws Exception {
    Regex shared = regex("(\\d+)-(\\d+)", Option.JIT);
    List<Thread> threads = new java.util.ArrayList<>();
    java.util.concurrent.atomic.AtomicInteger wrong =
        new java.util.concurrent.atomic.AtomicInteger();
    for (int t = 0; t < 4; t++) {
      String left = "" + t * 1111;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 20_000; i++) {
                  Captures found = shared.match("a" + left + "-" + i);
                  if (found == null || !left.equals(found.group(1))) {
                    wrong.incrementAndGet();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, wrong.get());
  }
}
