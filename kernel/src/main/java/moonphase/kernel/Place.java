package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import moonphase.kernel.conf.Block;
import moonphase.kernel.conf.CoreConf;
import moonphase.kernel.conf.ServerBlock;
import moonphase.spi.ConfBlock;
import moonphase.spi.Generation;
import moonphase.spi.Location;
import org.jspecify.annotations.Nullable;

/** Where in the configuration an exchange stands. Worker thread only. */
final class Place implements Location {
  private final KernelExchange exchange;
  private final ServerBlock server;
  private Block block;
  private LocalChain chain;

  /** Locations that it has left, so that what they began is not forgotten; null for none. */
  private @Nullable List<Block> left;

  /** On the level of a server. */
  Place(KernelExchange exchange, ServerBlock server) {
    this.exchange = exchange;
    this.server = server;
    this.block = server.block();
    this.chain = exchange.cycle().chain().at(block);
  }

  ServerBlock server() {
    return server;
  }

  Block block() {
    return block;
  }

  /** Goes back to the level of the server. */
  void leave() {
    if (block != server.block()) {
      if (left == null) {
        left = new ArrayList<>(2);
      }
      left.add(block);
    }
    move(server.block());
  }

  /** Goes into a location. */
  void stand(Block location) {
    leave();
    move(location.forMethod(exchange.request().method()));
  }

  private void move(Block to) {
    block = to;
    chain = exchange.cycle().chain().at(to);
  }

  /** What of the chain has something to do here. */
  LocalChain chain() {
    return chain;
  }

  /** Whether a module acts where this stands, or acted where it stood. */
  boolean isOrWasIn(Reach reach) {
    if (reach.includes(block)) {
      return true;
    }
    if (left != null) {
      for (Block earlier : left) {
        if (reach.includes(earlier)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void enter(ConfBlock given) {
    if (!(given instanceof Block inner)) {
      throw new IllegalArgumentException("the block is not one of the configuration");
    }
    move(inner);
  }

  @Override
  public String name() {
    return block.name();
  }

  @Override
  public String file(String uri) {
    return block.core().root().file(exchange, uri);
  }

  @Override
  public boolean isServerName(String host) {
    return server.hasName(host);
  }

  @Override
  public boolean isAlias() {
    return block.core().root().isAlias();
  }

  @Override
  public String contentType(String uri) {
    return block.core().contentType(uri);
  }

  @Override
  public boolean isSatisfyAny() {
    return block.core().isSatisfyAny();
  }

  @Override
  public Generation generation() {
    return exchange.cycle().generation();
  }

  /** How request bodies are taken here. */
  BodyLimits bodyLimits() {
    CoreConf core = block.core();
    return new BodyLimits(
        core.clientMaxBodySize(),
        core.clientBodyBufferSize(),
        core.clientBodyTimeout(),
        core.clientBodyInFileOnly() != CoreConf.BodyFile.OFF,
        core.clientBodyInFileOnly() == CoreConf.BodyFile.ON,
        core.clientBodyTempPath());
  }
}
