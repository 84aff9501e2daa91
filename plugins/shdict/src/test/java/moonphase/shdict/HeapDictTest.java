package moonphase.shdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.SharedDict.Entry;
import moonphase.spi.SharedDict.Mode;
import moonphase.spi.SharedDict.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeapDictTest {
  private final AtomicLong clock = new AtomicLong(1000);
  private final HeapDict dict = new HeapDict("dogs", 100 * 1024, clock::get);

  private Outcome set(String key, @Nullable Object value, long millis) {
    return dict.put(key, value, millis, 0, Mode.SET, false);
  }

  private @Nullable Object value(String key) {
    Entry entry = dict.get(key, false);
    return entry == null ? null : entry.value();
  }

  @Test
  void get_afterPut_isThatValue() {
    dict.put("a", 32.5, 0, 7, Mode.SET, false);
    Entry entry = dict.get("a", false);
    assertNotNull(entry);
    assertEquals(32.5, entry.value());
    assertEquals(7, entry.flags());
    assertNull(value("b"));
  }

  @Test
  void get_expired_isGoneButStale() {
    set("a", true, 50);
    assertEquals(50, dict.millisToLive("a"));
    clock.addAndGet(50);
    assertNull(value("a"));
    assertEquals(-1, dict.millisToLive("a"));
    Entry stale = dict.get("a", true);
    assertNotNull(stale);
    assertTrue(stale.isStale());
  }

  @Test
  void put_modes_lookAtWhatIsThere() {
    assertEquals("not found", dict.put("a", 1.0, 0, 0, Mode.REPLACE, false).error());
    assertTrue(dict.put("a", 1.0, 0, 0, Mode.ADD, false).isDone());
    assertEquals("exists", dict.put("a", 2.0, 0, 0, Mode.ADD, false).error());
    assertTrue(dict.put("a", 3.0, 0, 0, Mode.REPLACE, false).isDone());
    assertEquals(3.0, value("a"));
    set("a", null, 0);
    assertNull(value("a"));
  }

  @Test
  void put_full_evictsTheLeastRecentlyUsed() {
    byte[] kilobyte = new byte[1000];
    int n = 0;
    while (!set("k" + n, kilobyte, 0).isForcible()) {
      n++;
    }
    assertNull(value("k0"));
    assertNotNull(value("k1"));
    assertTrue(set("more", kilobyte, 0).isForcible());
    assertNotNull(value("k1"), "it was read, so another one went");
    assertNull(value("k2"));
  }

  @Test
  void put_safe_neverEvicts() {
    byte[] kilobyte = new byte[1000];
    int n = 0;
    while (dict.put("k" + n, kilobyte, 0, 0, Mode.SET, true).isDone()) {
      n++;
    }
    assertEquals("no memory", dict.put("x", kilobyte, 0, 0, Mode.SET, true).error());
    for (int i = 0; i < n; i++) {
      assertNotNull(value("k" + i));
    }
    assertEquals("no memory", set("big", new byte[200 * 1024], 0).error());
  }

  @Test
  void increment_missing_needsAnInit() {
    assertEquals("not found", dict.increment("n", 1, null, 0).error());
    assertEquals(11, dict.increment("n", 1, 10.0, 20).number());
    assertEquals(9.5, dict.increment("n", -1.5, 10.0, 0).number());
    assertEquals(20, dict.millisToLive("n"));
    set("s", new byte[] {'x'}, 0);
    assertEquals("not a number", dict.increment("s", 1, null, 0).error());
  }

  @Test
  void lists_ends_areQueuesAndStacks() {
    assertEquals(1, dict.push("l", 1.0, false).number());
    assertEquals(2, dict.push("l", 2.0, false).number());
    assertEquals(3, dict.push("l", 0.0, true).number());
    assertEquals(3, dict.length("l").number());
    assertEquals(2.0, dict.pop("l", false));
    assertEquals(0.0, dict.pop("l", true));
    assertThrows(IllegalStateException.class, () -> dict.get("l", false));
    assertEquals(1.0, dict.pop("l", true));
    assertNull(dict.pop("l", true));
    assertEquals(0, dict.length("l").number());
    set("s", 1.0, 0);
    assertEquals("value not a list", dict.push("s", 1.0, true).error());
    assertThrows(IllegalStateException.class, () -> dict.pop("s", true));
  }

  @Test
  void push_full_neverEvicts() {
    int n = 0;
    while (dict.push("l" + n, 1.0, true).isDone()) {
      n++;
    }
    assertEquals("no memory", dict.push("l0", 2.0, true).error());
    for (int i = 0; i < n; i++) {
      assertEquals(1, dict.length("l" + i).number());
    }
    dict.flushAll();
    assertTrue(dict.push("l" + n, 1.0, true).isDone(), "expired ones make room");
  }

  @Test
  void flush_all_thenExpired_freesEverything() {
    long empty = dict.freeSpace();
    for (int i = 0; i < 50; i++) {
      set("k" + i, new byte[500], 0);
    }
    assertTrue(dict.freeSpace() < empty);
    dict.flushAll();
    assertEquals(List.of(), dict.keys(0));
    assertEquals(10, dict.flushExpired(10));
    assertEquals(40, dict.flushExpired(0));
    assertEquals(empty, dict.freeSpace());
  }

  @Test
  void keys_order_isMostRecentFirst() {
    set("a", 1.0, 0);
    set("b", 1.0, 0);
    set("c", 1.0, 5);
    value("a");
    assertEquals(List.of("a", "c"), dict.keys(2));
    clock.addAndGet(5);
    assertEquals(List.of("a", "b"), dict.keys(0));
  }

  @Test
  void expire_key_setsItsTime() {
    assertFalse(dict.expire("a", 10));
    set("a", 1.0, 0);
    assertEquals(0, dict.millisToLive("a"));
    assertTrue(dict.expire("a", 10));
    assertEquals(10, dict.millisToLive("a"));
  }

  @Test
  void store_sameNameAndSize_isTheSameDict() {
    HeapStore store = new HeapStore();
    assertSame(store.open("a", 100_000), store.open("a", 100_000));
    assertFalse(store.open("a", 100_000) == store.open("a", 200_000));
  }

  @Test
  void increment_manyThreads_losesNothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 10_000; i++) {
                  dict.increment("n", 1, 0.0, 0);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(40_000.0, value("n"));
  }
}
