package moonphase.kernel.conf;

import java.util.Collection;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import org.jspecify.annotations.Nullable;

/**
 * The merged configurations of one block by key. All blocks of a configuration share one table of
 * keys, so that a look-up is one probe and one array access. Immutable, any thread.
 */
final class Merged {
  /** No configuration: every key gives its unset one. */
  static final Merged NOTHING = new Merged(new Keys(java.util.List.of()), new Conf<?>[0]);

  private final Keys keys;
  private final Conf<?>[] confs;
  private final CoreConf core;

  private Merged(Keys keys, Conf<?>[] confs) {
    this.keys = keys;
    this.confs = confs;
    this.core = get(CoreConf.KEY);
  }

  @SuppressWarnings("unchecked") // a key's place holds its own type only
  <C extends Conf<C>> C get(ConfKey<C> key) {
    int i = keys.indexOf(key);
    return i < 0 ? key.unset() : (C) confs[i];
  }

  CoreConf core() {
    return core;
  }

  /** The keys of a configuration, in a table probed by identity. */
  static final class Keys {
    private final @Nullable ConfKey<?>[] table;
    private final int[] indices;
    private final ConfKey<?>[] all;

    Keys(Collection<ConfKey<?>> keys) {
      all = keys.toArray(ConfKey<?>[]::new);
      int size = Integer.highestOneBit(all.length * 2 + 1) * 2;
      table = new ConfKey<?>[size];
      indices = new int[size];
      for (int i = 0; i < all.length; i++) {
        int slot = System.identityHashCode(all[i]) & (size - 1);
        while (table[slot] != null) {
          slot = (slot + 1) & (size - 1);
        }
        table[slot] = all[i];
        indices[slot] = i;
      }
    }

    private int indexOf(ConfKey<?> key) {
      int mask = table.length - 1;
      for (int slot = System.identityHashCode(key) & mask;
          table[slot] != null;
          slot = (slot + 1) & mask) {
        if (table[slot] == key) {
          return indices[slot];
        }
      }
      return -1;
    }

    Merged merge(Block block, Merged outer) {
      Conf<?>[] confs = new Conf<?>[all.length];
      for (int i = 0; i < all.length; i++) {
        confs[i] = merge(all[i], block, outer);
      }
      return new Merged(this, confs);
    }

    private static <C extends Conf<C>> C merge(ConfKey<C> key, Block block, Merged outer) {
      return block.own(key).inherit(outer.get(key));
    }
  }
}
