package moonphase.shdict;

/**
 * Counts the bytes of one dictionary as nginx's slab allocator would: small things in slots of a
 * power of two, large ones in whole pages. Not for several threads at once.
 *
 * <p>So that what a script sees of a full zone ({@code forcible}, {@code no memory}, {@code
 * free_space}) comes at about the same fill as it does in nginx. Source: ngx_slab.c.
 */
final class Space {
  private static final int PAGE = 4096;
  private static final int SMALLEST = 8;

  /** Bytes of a node beside its key and value: a tree node, queue links, sizes, expiry. */
  private static final int NODE = 72;

  private final long usable;
  private long used;

  Space(long capacity) {
    // page descriptors, the pool's head and the dictionary's own node come off the top
    this.usable =
        Math.max(0, capacity / PAGE - 1 - (capacity / PAGE * 24 + PAGE - 1) / PAGE) * PAGE;
  }

  /** What an entry takes. */
  static long cost(int key, int value) {
    long bytes = NODE + key + value;
    if (bytes > PAGE / 2) {
      return (bytes + PAGE - 1) / PAGE * PAGE;
    }
    return Math.max(SMALLEST, Long.highestOneBit(bytes - 1) << 1);
  }

  boolean fits(long bytes) {
    return used + bytes <= usable;
  }

  void take(long bytes) {
    used += bytes;
  }

  void give(long bytes) {
    used -= bytes;
  }

  /** Bytes in pages that are wholly free. */
  long free() {
    return (usable - used) / PAGE * PAGE;
  }
}
