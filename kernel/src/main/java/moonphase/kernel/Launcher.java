package moonphase.kernel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import moonphase.spi.FilePath;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever started the framework for this server, if anybody did: it shows lines to a user and ends
 * the process. In a container of somebody else's, lines go to the container's log. Any thread.
 */
final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger("moonphase");

  private final BundleContext context;

  Launcher(BundleContext context) {
    this.context = context;
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // a service has no type arguments
  private @Nullable BiConsumer<String, String> service() {
    try {
      Collection<ServiceReference<BiConsumer>> found =
          context.getServiceReferences(BiConsumer.class, "(moonphase.launcher=true)");
      return found.isEmpty() ? null : context.getService(found.iterator().next());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean tell(String what, String text) {
    BiConsumer<String, String> launcher = service();
    if (launcher != null) {
      launcher.accept(what, text);
    }
    return launcher != null;
  }

  /** Shows a line on the standard error output. */
  void stderr(String line) {
    if (!tell("stderr", line)) {
      LOG.error("{}", line);
    }
  }

  /** Shows text on the standard output. */
  void stdout(String text) {
    if (!tell("stdout", text)) {
      LOG.info("{}", text);
    }
  }

  /** Names the file that the number of the master process belongs into. */
  void pid(String path) {
    tell("pid", path);
  }

  /**
   * The process will become another user: what it still has to write belongs to that one, and log
   * files that are moved away have to be made anew by the master.
   */
  void leaving(int uid, int gid, List<Path> logs) {
    StringBuilder text = new StringBuilder().append(uid).append(':').append(gid);
    logs.forEach(path -> text.append('\n').append(FilePath.name(path)));
    tell("user", text.toString());
  }

  void daemon(boolean isDaemon) {
    tell("daemon", isDaemon ? "on" : "off");
  }

  /** The sockets are bound. */
  void ready() {
    tell("ready", "");
  }

  /** The server has ended, or does not start; without a launcher it stays, not listening. */
  void exit(int status) {
    tell("exit", Integer.toString(status));
  }
}
