package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import moonphase.spi.HostNames;
import org.jspecify.annotations.Nullable;

/**
 * A virtual server. The reading thread's while the configuration is read; immutable after that, any
 * thread.
 */
public final class ServerBlock {
  private final Block block;
  private final List<ServerName> names = new ArrayList<>();
  private final Map<String, Block> named = new HashMap<>();
  private LocationTree locations = LocationTree.EMPTY;

  ServerBlock(Block block) {
    this.block = block;
  }

  void add(ServerName name) {
    names.add(name);
  }

  List<ServerName> serverNames() {
    return names.isEmpty() ? List.of(ServerName.NONE) : names;
  }

  /** Whether a name is an expression, which may give values to variables. */
  boolean hasExpression() {
    return names.stream().anyMatch(name -> name.regex().isPresent());
  }

  /** Puts the locations in order once all were read. */
  void complete() {
    locations = LocationTree.of(block);
    for (Block child : block.children()) {
      child
          .location()
          .filter(name -> name.kind() == LocationName.Kind.NAMED)
          .ifPresent(name -> {
            if (named.putIfAbsent(name.text(), child) != null) {
              throw LocationTree.duplicate(name);
            }
          });
    }
  }

  /** Whether a host, in lower case, is one of its names. */
  public boolean hasName(String host) {
    HostNames<Boolean> texts = new HostNames<>();
    for (ServerName name : names) {
      if (name.regex().isPresent()) {
        if (name.regex().get().match(host) != null) {
          return true;
        }
      } else {
        texts.addHost(name.text(), true);
      }
    }
    return texts.find(host) != null;
  }

  /** Its first name as {@code $server_name} shows it; empty for none. */
  public String name() {
    return names.isEmpty() ? "" : names.get(0).shown();
  }

  /** The level server. */
  public Block block() {
    return block;
  }

  /** Its locations, named ones excepted. */
  public LocationTree locations() {
    return locations;
  }

  /** A named location; null if there is none of that name. The name begins with {@code @}. */
  public @Nullable Block named(String name) {
    return named.get(name);
  }
}
