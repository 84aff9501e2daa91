package moonphase.shdict;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one dictionary, most recently used first. Not for several threads at once.
 *
 * <p>Invariant: the map and the ring around {@code head} hold the same entries, and {@code space}
 * has taken the sum of their costs.
 */
final class Entries {
  /** How many of the least recently used an insertion may evict before it gives up. */
  private static final int EVICTIONS = 30;

  private final Map<String, Node> nodes = new HashMap<>();
  private final Node head = new Node("", 0);
  private final Space space;

  /** One entry, or the head of the ring. */
  static final class Node {
    final String key;
    long cost;
    Object value = this;
    long expires;
    int flags;
    private Node next = this;
    private Node previous = this;

    Node(String key, long cost) {
      this.key = key;
      this.cost = cost;
    }

    boolean isExpired(long now) {
      return expires != 0 && expires <= now;
    }

    @SuppressWarnings("unchecked") // a list is made by push alone
    @Nullable ArrayDeque<Object> list() {
      return value instanceof ArrayDeque<?> list ? (ArrayDeque<Object>) list : null;
    }
  }

  Entries(Space space) {
    this.space = space;
  }

  /** The node of a key, expired or not. */
  @Nullable Node find(String key) {
    return nodes.get(key);
  }

  int size() {
    return nodes.size();
  }

  /** Makes a node the most recently used one. */
  void touch(Node node) {
    unlink(node);
    link(node);
  }

  /** Adds a node whose cost has been made room for. */
  Node add(String key, long cost) {
    Node node = new Node(key, cost);
    nodes.put(key, node);
    space.take(cost);
    link(node);
    return node;
  }

  void remove(Node node) {
    nodes.remove(node.key);
    space.give(node.cost);
    unlink(node);
  }

  void resize(Node node, long cost) {
    space.give(node.cost);
    space.take(cost);
    node.cost = cost;
  }

  /** The least recently used node but {@code skip}; null if there is none. */
  private @Nullable Node last(@Nullable Node skip) {
    Node node = head.previous;
    if (node == skip) {
      node = node.previous;
    }
    return node == head ? null : node;
  }

  /** Removes up to {@code max} expired ones from the least recently used end. */
  void dropExpired(long now, int max) {
    for (int i = 0; i < max; i++) {
      Node node = last(null);
      if (node == null || !node.isExpired(now)) {
        return;
      }
      remove(node);
    }
  }

  /** What making room came to. */
  enum Room {
    /** There was room. */
    FREE,
    /** Valid entries had to go. */
    FORCED,
    /** There is none. */
    NONE
  }

  /**
   * Makes room for {@code bytes} more.
   *
   * @param keep stays whatever happens
   * @param safe whether only expired entries may go
   */
  Room makeRoom(long bytes, @Nullable Node keep, boolean safe, long now) {
    Room room = Room.FREE;
    for (int i = 0; !space.fits(bytes); i++) {
      Node node = last(keep);
      if (node == null || i == EVICTIONS || (safe && !node.isExpired(now))) {
        return Room.NONE;
      }
      if (!node.isExpired(now)) {
        room = Room.FORCED;
      }
      remove(node);
    }
    return room;
  }

  /** Goes through the nodes, the most recently used first, until {@code visitor} returns false. */
  void forEach(java.util.function.Predicate<Node> visitor) {
    for (Node node = head.next; node != head; ) {
      Node following = node.next;
      if (!visitor.test(node)) {
        return;
      }
      node = following;
    }
  }

  private void link(Node node) {
    node.next = head.next;
    node.previous = head;
    head.next.previous = node;
    head.next = node;
  }

  private static void unlink(Node node) {
    node.previous.next = node.next;
    node.next.previous = node.previous;
  }
}
