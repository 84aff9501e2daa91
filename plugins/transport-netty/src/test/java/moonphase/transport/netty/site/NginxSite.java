package moonphase.transport.netty.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * nginx as Debian ships it, to see whether an expectation is what it does: {@code
 * -Dmoonphase.nginx=/usr/sbin/nginx} has the tests of this package run against it instead.
 */
final class NginxSite implements Site {
  private static final String MODULE =
      "load_module /usr/lib/nginx/modules/ngx_http_echo_module.so;\n";

  private final Path folder;
  private final int port;
  private final Process process;

  NginxSite(Path folder, String program, String configuration) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Site.prepare(folder, MODULE + "daemon off; pid logs/nginx.pid;\n" + configuration, port);
    process =
        new ProcessBuilder(program, "-p", folder.toString(), "-c", "conf/nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("logs/output").toFile())
            .start();
    await();
  }

  private void await() throws IOException {
    while (process.isAlive()) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.onSpinWait(); // not bound yet
      }
    }
    throw new IOException("nginx has ended: " + errorLog());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
