package plaindict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import moonphase.spi.SharedDict;

/**
 * A dictionary in one map, the least recently used entry first, that counts the bytes of keys and
 * values and nothing else. Any thread; a lock is held for the time of a look-up.
 */
final class PlainDict implements SharedDict {
  /** A value, or a list of values; when it expires, 0 for never. */
  private record Item(Object value, int flags, long expires) {
    boolean isStale() {
      return expires != 0 && expires <= System.currentTimeMillis();
    }
  }

  private static final Outcome DONE = new Outcome(true, "", false, 0);

  private final String name;
  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Item> items = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  PlainDict(String name, long capacity) {
    this.name = name;
    this.capacity = capacity;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Entry get(String key, boolean stale) {
    Item item = locked(() -> items.get(key));
    if (item == null || item.isStale() && !stale) {
      return null;
    }
    if (item.value instanceof Deque) {
      throw new IllegalStateException("value is a list");
    }
    return new Entry(item.value, item.flags, item.isStale());
  }

  @Override
  public Outcome put(String key, Object value, long millis, int flags, Mode mode, boolean safe) {
    return locked(() -> {
      boolean isThere = live(key) != null;
      if (mode == Mode.ADD && isThere) {
        return failed("exists");
      }
      if (mode == Mode.REPLACE && !isThere) {
        return failed("not found");
      }
      return value == null ? remove(key) : store(key, new Item(value, flags, at(millis)), safe);
    });
  }

  @Override
  public Outcome increment(String key, double by, Double init, long initMillis) {
    return locked(() -> {
      Item item = live(key);
      if (item == null && init == null) {
        return failed("not found");
      }
      if (item != null && !(item.value instanceof Double)) {
        return failed("not a number");
      }
      double sum = by + (item == null ? init : (Double) item.value);
      long expires = item == null ? at(initMillis) : item.expires;
      Outcome stored = store(key, new Item(sum, item == null ? 0 : item.flags, expires), false);
      return new Outcome(stored.isDone(), stored.error(), stored.isForcible(), sum);
    });
  }

  @Override
  public Outcome push(String key, Object value, boolean left) {
    return locked(() -> {
      Item item = live(key);
      if (item != null && !(item.value instanceof Deque)) {
        return failed("value not a list");
      }
      Deque<Object> list = item == null ? new ArrayDeque<>() : list(item);
      if (used + size(key, value) > capacity) {
        return failed("no memory");
      }
      if (item == null) {
        store(key, new Item(list, 0, 0), true);
      }
      if (left) {
        list.addFirst(value);
      } else {
        list.addLast(value);
      }
      used += size("", value);
      return new Outcome(true, "", false, list.size());
    });
  }

  @Override
  public Object pop(String key, boolean left) {
    return locked(() -> {
      Item item = live(key);
      if (item == null) {
        return null;
      }
      if (!(item.value instanceof Deque)) {
        throw new IllegalStateException("value not a list");
      }
      Object value = left ? list(item).pollFirst() : list(item).pollLast();
      used -= size("", value);
      if (list(item).isEmpty()) {
        remove(key);
      }
      return value;
    });
  }

  @Override
  public Outcome length(String key) {
    return locked(() -> {
      Item item = live(key);
      return item != null && !(item.value instanceof Deque)
          ? failed("value not a list")
          : new Outcome(true, "", false, item == null ? 0 : list(item).size());
    });
  }

  @Override
  public long millisToLive(String key) {
    Item item = locked(() -> live(key));
    if (item == null) {
      return -1;
    }
    return item.expires == 0 ? 0 : Math.max(1, item.expires - System.currentTimeMillis());
  }

  @Override
  public boolean expire(String key, long millis) {
    return locked(() -> {
      Item item = live(key);
      if (item != null) {
        items.put(key, new Item(item.value, item.flags, at(millis)));
      }
      return item != null;
    });
  }

  @Override
  public void flushAll() {
    locked(() -> {
      items.replaceAll((key, item) -> new Item(item.value, item.flags, 1));
      return DONE;
    });
  }

  @Override
  public int flushExpired(int max) {
    return locked(() -> {
      List<String> stale = new ArrayList<>();
      items.forEach((key, item) -> {
        if (item.isStale() && (max == 0 || stale.size() < max)) {
          stale.add(key);
        }
      });
      stale.forEach(this::remove);
      return stale.size();
    });
  }

  @Override
  public List<String> keys(int max) {
    return locked(() -> {
      List<String> keys = new ArrayList<>();
      items.forEach((key, item) -> {
        if (!item.isStale()) {
          keys.addFirst(key);
        }
      });
      return max == 0 || keys.size() <= max ? keys : List.copyOf(keys.subList(0, max));
    });
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public long freeSpace() {
    return locked(() -> capacity - used);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** The entry of a key that has not expired, or null. */
  private Item live(String key) {
    Item item = items.get(key);
    return item == null || item.isStale() ? null : item;
  }

  private Outcome store(String key, Item item, boolean safe) {
    remove(key);
    long size = size(key, item.value);
    boolean isForcible = false;
    Iterator<Map.Entry<String, Item>> oldest = items.entrySet().iterator();
    while (used + size > capacity) {
      Map.Entry<String, Item> victim = oldest.hasNext() ? oldest.next() : null;
      if (victim == null || safe && !victim.getValue().isStale()) {
        return failed("no memory");
      }
      isForcible |= !victim.getValue().isStale();
      used -= size(victim.getKey(), victim.getValue().value);
      oldest.remove();
    }
    used += size;
    items.put(key, item);
    return new Outcome(true, "", isForcible, 0);
  }

  private Outcome remove(String key) {
    Item item = items.remove(key);
    if (item != null) {
      used -= size(key, item.value);
    }
    return DONE;
  }

  private static Outcome failed(String error) {
    return new Outcome(false, error, false, 0);
  }

  private static long at(long millis) {
    return millis == 0 ? 0 : System.currentTimeMillis() + millis;
  }

  @SuppressWarnings("unchecked") // only push makes lists
  private static Deque<Object> list(Item item) {
    return (Deque<Object>) item.value;
  }

  private static long size(String key, Object value) {
    long size = key.length();
    if (value instanceof byte[] bytes) {
      return size + bytes.length;
    }
    if (value instanceof Deque<?> list) {
      for (Object each : list) {
        size += size("", each);
      }
      return size;
    }
    return size + 8;
  }
}
