package moonphase.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keys and values shared by all workers, least recently used ones evicted when it is full.
 *
 * <p>Any thread; every method is atomic and does not block. Keys are Latin-1 text of 1 to 65,535
 * chars; a value is a {@code byte[]}, a {@link Double} or a {@link Boolean}; nobody changes a byte
 * array that was handed over.
 *
 * <p>Source: lua-nginx-module manual, {@code ngx.shared.DICT}.
 */
@ConsumerType
public interface SharedDict {
  /** How {@link #put} treats a key that is there or not. */
  enum Mode {
    /** Whether it is there or not. */
    SET,
    /** Only if it is not there. */
    ADD,
    /** Only if it is there. */
    REPLACE
  }

  /**
   * What a change came to.
   *
   * @param isDone whether it was done
   * @param error why not: {@code exists}, {@code not found}, {@code no memory}, {@code not a
   *     number}, {@code value is a list}; empty if it was done
   * @param isForcible whether valid entries had to be evicted
   * @param number the new number or length, where the change has one
   */
  record Outcome(boolean isDone, String error, boolean isForcible, double number) {}

  /**
   * A value found.
   *
   * @param value the value
   * @param flags the user's flags
   * @param isStale whether it has expired
   */
  record Entry(Object value, int flags, boolean isStale) {}

  /** The name it was declared by. */
  String name();

  /**
   * The entry of a key.
   *
   * @param stale whether an expired one that is still there will do
   * @return null if there is none
   * @throws IllegalStateException {@code value is a list}
   */
  @Nullable Entry get(String key, boolean stale);

  /**
   * Puts a value; null deletes.
   *
   * @param millis to live; 0 for ever
   * @param safe never evict valid entries for it
   */
  Outcome put(String key, @Nullable Object value, long millis, int flags, Mode mode, boolean safe);

  /**
   * Adds to a number.
   *
   * @param init what a missing key counts as; null: it is an error
   * @param initMillis to live for a key made by {@code init}; 0 for ever
   */
  Outcome increment(String key, double by, @Nullable Double init, long initMillis);

  /** Adds a value at the left or right end of a list, which is made if it is missing. */
  Outcome push(String key, Object value, boolean left);

  /**
   * Takes a value from the left or right end of a list.
   *
   * @return null if it is missing
   * @throws IllegalStateException {@code value not a list}
   */
  @Nullable Object pop(String key, boolean left);

  /** The length of a list; {@code value not a list} as error. */
  Outcome length(String key);

  /** Milliseconds to live: 0 for ever, -1 if the key is missing. */
  long millisToLive(String key);

  /** Sets the time to live; 0 for ever. Returns whether the key is there. */
  boolean expire(String key, long millis);

  /** Makes every entry expired. */
  void flushAll();

  /** Removes expired entries, at most {@code max}, 0 for all; returns how many. */
  int flushExpired(int max);

  /** Keys that have not expired, at most {@code max}, 0 for all, most recently used first. */
  List<String> keys(int max);

  /** Its capacity in bytes. */
  long capacity();

  /** Bytes in pages that are wholly free. */
  long freeSpace();
}
