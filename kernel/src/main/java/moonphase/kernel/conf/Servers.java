package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import moonphase.spi.ListenAddress;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a configuration being read, and the addresses that they listen on. For the reading
 * thread.
 *
 * <p>Source: ngx_http_add_listen, ngx_http_optimize_servers, ngx_http_init_listening.
 */
final class Servers {
  private final Map<Block, ServerBlock> servers = new LinkedHashMap<>();
  private final Map<SocketName, Address> addresses = new LinkedHashMap<>();

  /** An address, its options, and who listens on it. */
  private static final class Address {
    private final SocketName name;
    private final List<ServerBlock> servers = new ArrayList<>();
    private ListenOptions options;
    private ServerBlock first;
    private @Nullable VirtualServers names;

    private Address(SocketName name, ListenOptions options, ServerBlock first) {
      this.name = name;
      this.options = options;
      this.first = first;
    }

    private VirtualServers names() {
      return Objects.requireNonNull(names);
    }
  }

  ServerBlock begin(Block block) {
    ServerBlock server = new ServerBlock(block);
    servers.put(block, server);
    return server;
  }

  /** The server whose level a block is. */
  ServerBlock of(Block block) {
    return Objects.requireNonNull(servers.get(block));
  }

  /** A server was read; one that listens nowhere listens on the standard port. */
  void end(ServerBlock server, Statement statement) {
    if (addresses.values().stream().noneMatch(address -> address.servers.contains(server))) {
      SocketName any = new SocketName("*", ProcessDirectives.defaultPort(), "");
      listen(server, any, ListenOptions.NONE, statement);
    }
  }

  /** Has a server listen. */
  void listen(ServerBlock server, SocketName name, ListenOptions options, Statement at) {
    Address address = addresses.get(name);
    if (address == null) {
      address = new Address(name, options, server);
      address.servers.add(server);
      addresses.put(name, address);
      return;
    }
    if (address.servers.contains(server)) {
      throw at.error("a duplicate listen " + name.text());
    }
    address.servers.add(server);
    boolean hadDefault = address.options.isDefault();
    if (options.isSet()) {
      if (address.options.isSet()) {
        throw at.error("duplicate listen options for " + name.text());
      }
      address.options = options;
    }
    if (options.isDefault()) {
      if (hadDefault) {
        throw at.error("a duplicate default server for " + name.text());
      }
      address.first = server;
    }
    address.options = address.options.withDefault(hadDefault || options.isDefault());
  }

  /**
   * The section http was read: puts locations and names in order, and looks for variables that
   * nobody declares.
   */
  void complete(Reading reading) {
    servers.values().forEach(ServerBlock::complete);
    reading.resolveVariables();
    for (Address address : addresses.values()) {
      address.names =
          new VirtualServers(
              address.name.text(), address.servers, address.first, reading::complain);
    }
  }

  /**
   * What to bind, once the configuration was merged. An address without options of its own needs no
   * socket if its port is bound for all addresses.
   */
  List<Listen> listens() {
    List<Listen> listens = new ArrayList<>();
    for (Address address : addresses.values()) {
      if (!isCovered(address)) {
        listens.add(new Listen(bound(address), address.names(), others(address)));
      }
    }
    return List.copyOf(listens);
  }

  private boolean isCovered(Address address) {
    return !address.name.isWildcard()
        && !address.options.isSet()
        && address.name.unixPath().isEmpty()
        && addresses.containsKey(wildcard(address.name));
  }

  private static SocketName wildcard(SocketName name) {
    return new SocketName(name.isIpv6() ? "::" : "*", name.port(), "");
  }

  private Map<String, VirtualServers> others(Address all) {
    Map<String, VirtualServers> others = new HashMap<>();
    for (Address address : addresses.values()) {
      if (address != all && isCovered(address) && wildcard(address.name).equals(all.name)) {
        others.put(address.name.host(), address.names());
      }
    }
    return Map.copyOf(others);
  }

  private static ListenAddress bound(Address address) {
    SocketName name = address.name;
    ListenOptions options = address.options;
    return new ListenAddress(
        name.host(),
        name.port(),
        name.unixPath(),
        options.backlog(),
        options.isReusePort(),
        options.isIpv6Only(),
        options.socket(),
        address.first.block().core().limits());
  }
}
