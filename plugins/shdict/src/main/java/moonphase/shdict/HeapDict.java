package moonphase.shdict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import moonphase.shdict.Entries.Node;
import moonphase.shdict.Entries.Room;
import moonphase.spi.SharedDict;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary on the heap.
 *
 * <p>Threads: one lock around each operation, as nginx has one mutex a zone; nothing of the
 * caller's runs inside it, and no operation but {@code keys} and the flushes takes longer than a
 * look-up.
 *
 * <p>Source: lua-nginx-module manual, {@code ngx.shared.DICT}; t/043-shdict.t for the texts.
 */
final class HeapDict implements SharedDict {
  private static final Outcome NO_MEMORY = new Outcome(false, "no memory", false, 0);

  private final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final long capacity;
  private final LongSupplier clock;
  private final Space space;
  private final Entries entries;

  HeapDict(String name, long capacity, LongSupplier clock) {
    this.name = name;
    this.capacity = capacity;
    this.clock = clock;
    this.space = new Space(capacity);
    this.entries = new Entries(space);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> operation) {
    lock.lock();
    try {
      return operation.get();
    } finally {
      lock.unlock();
    }
  }

  private static Outcome done(boolean forcible, double number) {
    return new Outcome(true, "", forcible, number);
  }

  private static Outcome refused(String error) {
    return new Outcome(false, error, false, 0);
  }

  private @Nullable Node valid(String key, long now) {
    Node node = entries.find(key);
    return node == null || node.isExpired(now) ? null : node;
  }

  private static int size(Object value) {
    return switch (value) {
      case byte[] bytes -> bytes.length;
      case Boolean flag -> 1;
      default -> Double.BYTES;
    };
  }

  private static long expiry(long now, long millis) {
    return millis == 0 ? 0 : now + millis;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Entry get(String key, boolean stale) {
    return locked(() -> {
      long now = clock.getAsLong();
      Node node = entries.find(key);
      boolean expired = node != null && node.isExpired(now);
      if (node == null || (expired && !stale)) {
        return null;
      }
      if (node.list() != null) {
        throw new IllegalStateException("value is a list");
      }
      entries.touch(node);
      return new Entry(node.value, node.flags, expired);
    });
  }

  @Override
  public Outcome put(
      String key, @Nullable Object value, long millis, int flags, Mode mode, boolean safe) {
    return locked(() -> {
      long now = clock.getAsLong();
      entries.dropExpired(now, 1);
      Node valid = valid(key, now);
      if (mode == Mode.ADD && valid != null) {
        return refused("exists");
      }
      if (mode == Mode.REPLACE && valid == null) {
        return refused("not found");
      }
      if (value == null) {
        Node node = entries.find(key);
        if (node != null) {
          entries.remove(node);
        }
        return done(false, 0);
      }
      return store(key, value, expiry(now, millis), flags, safe, now);
    });
  }

  private Outcome store(String key, Object value, long expires, int flags, boolean safe, long now) {
    long cost = Space.cost(key.length(), size(value));
    Node node = entries.find(key);
    long more = node == null ? cost : cost - node.cost;
    Room room = more <= 0 ? Room.FREE : entries.makeRoom(more, node, safe, now);
    if (room == Room.NONE) {
      return NO_MEMORY;
    }
    if (node == null) {
      node = entries.add(key, cost);
    } else {
      entries.resize(node, cost);
      entries.touch(node);
    }
    node.value = value;
    node.expires = expires;
    node.flags = flags;
    return done(room == Room.FORCED, 0);
  }

  @Override
  public Outcome increment(String key, double by, @Nullable Double init, long initMillis) {
    return locked(() -> {
      long now = clock.getAsLong();
      Node node = valid(key, now);
      if (node == null) {
        if (init == null) {
          return refused("not found");
        }
        double first = init + by;
        Outcome stored = store(key, first, expiry(now, initMillis), 0, false, now);
        return stored.isDone() ? done(stored.isForcible(), first) : stored;
      }
      if (!(node.value instanceof Double number)) {
        return refused("not a number");
      }
      double sum = number + by;
      node.value = sum;
      entries.touch(node);
      return done(false, sum);
    });
  }

  @Override
  public Outcome push(String key, Object value, boolean left) {
    return locked(() -> {
      long now = clock.getAsLong();
      entries.dropExpired(now, 1);
      Node node = valid(key, now);
      if (node != null && node.list() == null) {
        return refused("value not a list");
      }
      long more = Space.cost(0, size(value)) + (node == null ? Space.cost(key.length(), 0) : 0);
      if (node == null) {
        Node stale = entries.find(key);
        if (stale != null) {
          entries.remove(stale);
        }
      }
      if (entries.makeRoom(more, node, true, now) == Room.NONE) {
        return NO_MEMORY;
      }
      if (node == null) {
        node = entries.add(key, Space.cost(key.length(), 0));
        node.value = new ArrayDeque<>();
      }
      entries.resize(node, node.cost + Space.cost(0, size(value)));
      entries.touch(node);
      ArrayDeque<Object> list = java.util.Objects.requireNonNull(node.list());
      if (left) {
        list.addFirst(value);
      } else {
        list.addLast(value);
      }
      return done(false, list.size());
    });
  }

  @Override
  public @Nullable Object pop(String key, boolean left) {
    return locked(() -> {
      Node node = valid(key, clock.getAsLong());
      if (node == null) {
        return null;
      }
      ArrayDeque<Object> list = node.list();
      if (list == null) {
        throw new IllegalStateException("value not a list");
      }
      Object value = left ? list.removeFirst() : list.removeLast();
      if (list.isEmpty()) {
        entries.remove(node);
      } else {
        entries.resize(node, node.cost - Space.cost(0, size(value)));
        entries.touch(node);
      }
      return value;
    });
  }

  @Override
  public Outcome length(String key) {
    return locked(() -> {
      Node node = valid(key, clock.getAsLong());
      if (node == null) {
        return done(false, 0);
      }
      ArrayDeque<Object> list = node.list();
      return list == null ? refused("value not a list") : done(false, list.size());
    });
  }

  @Override
  public long millisToLive(String key) {
    return locked(() -> {
      long now = clock.getAsLong();
      Node node = valid(key, now);
      return node == null ? -1L : node.expires == 0 ? 0L : node.expires - now;
    });
  }

  @Override
  public boolean expire(String key, long millis) {
    return locked(() -> {
      long now = clock.getAsLong();
      Node node = valid(key, now);
      if (node == null) {
        return false;
      }
      node.expires = expiry(now, millis);
      return true;
    });
  }

  @Override
  public void flushAll() {
    locked(() -> {
      entries.forEach(node -> {
        node.expires = 1;
        return true;
      });
      return null;
    });
  }

  @Override
  public int flushExpired(int max) {
    return locked(() -> {
      long now = clock.getAsLong();
      int[] freed = new int[1];
      entries.forEach(node -> {
        if (node.isExpired(now)) {
          entries.remove(node);
          freed[0]++;
        }
        return max == 0 || freed[0] < max;
      });
      return freed[0];
    });
  }

  @Override
  public List<String> keys(int max) {
    return locked(() -> {
      long now = clock.getAsLong();
      List<String> keys = new ArrayList<>();
      entries.forEach(node -> {
        if (!node.isExpired(now)) {
          keys.add(node.key);
        }
        return max == 0 || keys.size() < max;
      });
      return keys;
    });
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public long freeSpace() {
    return locked(space::free);
  }
}
