package moonphase.transport.netty.site;

import java.io.IOException;
import java.nio.file.Path;

/** Starts servers. */
final class Sites {
  /** The program to compare with; empty for none. */
  static final String NGINX = System.getProperty("moonphase.nginx", "");

  private Sites() {}

  /** The server under test: ours, unless nginx is to be looked at. */
  static Site start(Path folder, String configuration) throws IOException {
    return NGINX.isEmpty()
        ? new MoonphaseSite(folder, configuration)
        : new NginxSite(folder, NGINX, configuration);
  }
}
