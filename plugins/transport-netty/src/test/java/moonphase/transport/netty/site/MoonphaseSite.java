package moonphase.transport.netty.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import moonphase.echo.Echo;
import moonphase.http.files.StaticHandler;
import moonphase.http.files.StaticModule;
import moonphase.http.log.LogHandler;
import moonphase.http.log.LogModule;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.kernel.Kernel;
import moonphase.kernel.KernelBuilder;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.spi.HttpHandler;
import moonphase.spi.ListenAddress;
import moonphase.spi.Transport;
import moonphase.spi.Worker;
import moonphase.transport.netty.NettyTransport;

/** The kernel on this transport, in this process. */
final class MoonphaseSite implements Site {
  private static final int ANY = 80;

  private final Path folder;
  private final Kernel kernel;
  private final AtomicInteger port = new AtomicInteger();

  /**
   * Starts a server, with further services; it listens on a free port, whatever the configuration
   * says.
   */
  MoonphaseSite(Path folder, String configuration, Object... more) throws IOException {
    this.folder = folder;
    Site.prepare(folder, configuration, ANY);
    KernelBuilder builder =
        KernelBuilder.on(new FreePort(new NettyTransport(), port))
            .prefix(folder)
            .stderr(line -> {})
            .regexEngine(new Pcre2Engine())
            .add(new LogModule())
            .add(new LogHandler())
            .add(new Echo())
            .add(new StaticModule())
            .add(new StaticHandler())
            .add(new RewriteModule())
            .add(new ServerRewriteHandler())
            .add(new LocationRewriteHandler());
    List.of(more).forEach(builder::add);
    this.kernel = builder.start();
  }

  /** Binds no port but a free one. */
  private record FreePort(NettyTransport netty, AtomicInteger port) implements Transport {
    @Override
    public List<Worker> workers(int count) {
      return netty.workers(count);
    }

    @Override
    public Listener bind(ListenAddress address, List<Worker> workers, HttpHandler handler)
        throws IOException {
      ListenAddress free =
          new ListenAddress(
              address.host(),
              0,
              address.unixPath(),
              address.backlog(),
              address.isReusePort(),
              address.isIpv6Only(),
              address.options(),
              address.limits());
      Listener listener = netty.bind(free, workers, handler);
      port.compareAndSet(0, listener.port());
      return listener;
    }

    @Override
    public void limitConnections(int perWorker) {
      netty.limitConnections(perWorker);
    }

    @Override
    public void shutdown(long graceMillis) {
      netty.shutdown(graceMillis);
    }
  }

  @Override
  public int port() {
    return port.get();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    kernel.stop();
  }
}
