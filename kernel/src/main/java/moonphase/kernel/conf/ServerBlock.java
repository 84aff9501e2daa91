package moonphase.kernel.conf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A virtual server. Immutable once the configuration was read; any thread then. */
public final class ServerBlock {
  /** Its first name as {@code $server_name} shows it; empty for none. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** All names as written. */
  public List<String> names() {
    throw new UnsupportedOperationException();
  }

  /** The level server. */
  public Block block() {
    throw new UnsupportedOperationException();
  }

  /** Its locations, named ones excepted. */
  public LocationTree locations() {
    throw new UnsupportedOperationException();
  }

  /** A named location; null if there is none of that name. The name begins with {@code @}. */
  public @Nullable Block named(String name) {
    throw new UnsupportedOperationException();
  }
}
