package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import moonphase.spi.Captures;
import moonphase.spi.ConfException;
import moonphase.spi.LogLevel;
import moonphase.spi.Regex;
import org.jspecify.annotations.Nullable;

/**
 * The virtual servers of one address. Immutable, any thread.
 *
 * <p>Source: nginx manual, "Server names"; ngx_http_find_virtual_server.
 */
public final class VirtualServers {
  private final Found byDefault;
  private final Map<String, Found> exact = new HashMap<>();

  /** By what follows the star and its dot. */
  private final Map<String, Found> heads = new HashMap<>();

  /** By what stands before the dot and the star. */
  private final Map<String, Found> tails = new HashMap<>();

  private final List<Expression> expressions = new ArrayList<>();

  private record Expression(Regex regex, ServerBlock server) {}

  /**
   * What was found.
   *
   * @param server the server
   * @param match the expression that is its name; null if it was found by text
   */
  public record Found(ServerBlock server, @Nullable RegexMatch match) {}

  /**
   * Puts the names of servers in order; of two with one name the first counts.
   *
   * @param address as messages show it
   * @param warnings told of names that are ignored
   * @throws ConfException if a name cannot be one
   */
  VirtualServers(
      String address,
      List<ServerBlock> servers,
      ServerBlock first,
      BiConsumer<LogLevel, String> warnings) {
    byDefault = new Found(first, null);
    if (servers.size() == 1 && !first.hasExpression()) {
      return; // nobody else could be meant
    }
    for (ServerBlock server : servers) {
      for (ServerName name : server.serverNames()) {
        if (name.regex().isPresent()) {
          expressions.add(new Expression(name.regex().get(), server));
        } else if (!add(address, name.text(), new Found(server, null))) {
          warnings.accept(
              LogLevel.WARN,
              "conflicting server name \"" + name.text() + "\" on " + address + ", ignored");
        }
      }
    }
  }

  /** Adds a name; false if another server has it. */
  private boolean add(String address, String name, Found found) {
    int star = name.indexOf('*');
    boolean isHead = name.startsWith("*.");
    boolean isTail = name.endsWith(".*") && name.length() > 2;
    if (name.contains("..")
        || name.indexOf('*', star + 1) > star
        || (star >= 0 && !isHead && !isTail)) {
      throw new ConfException("invalid server name or wildcard \"" + name + "\" on " + address);
    }
    if (name.startsWith(".")) {
      String rest = name.substring(1);
      return exact.putIfAbsent(rest, found) == null & heads.putIfAbsent(rest, found) == null;
    }
    if (isHead) {
      return heads.putIfAbsent(name.substring(2), found) == null;
    }
    return isTail
        ? tails.putIfAbsent(name.substring(0, name.length() - 2), found) == null
        : exact.putIfAbsent(name, found) == null;
  }

  /** The server for hosts that none is named after, and for requests without host. */
  public ServerBlock defaultServer() {
    return byDefault.server;
  }

  /**
   * The server of a host; the default one if none has that name.
   *
   * @param host in lower case, without port; empty for none
   * @throws moonphase.spi.RegexException if a match was given up
   */
  public Found find(String host) {
    if (host.isEmpty()) {
      return byDefault;
    }
    Found found = exact.get(host);
    if (found == null && !heads.isEmpty()) {
      for (int dot = host.indexOf('.');
          dot >= 0 && found == null;
          dot = host.indexOf('.', dot + 1)) {
        found = dot == 0 ? null : heads.get(host.substring(dot + 1));
      }
    }
    if (found == null && !tails.isEmpty()) {
      for (int dot = host.lastIndexOf('.');
          dot > 0 && found == null;
          dot = host.lastIndexOf('.', dot - 1)) {
        found = tails.get(host.substring(0, dot));
      }
    }
    return found != null ? found : byExpression(host);
  }

  private Found byExpression(String host) {
    for (Expression expression : expressions) {
      Captures captures = expression.regex.match(host);
      if (captures != null) {
        return new Found(expression.server, new RegexMatch(captures, expression.regex.names()));
      }
    }
    return byDefault;
  }
}
