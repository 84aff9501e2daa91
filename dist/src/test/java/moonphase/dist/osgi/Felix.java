package moonphase.dist.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The server in a Felix of Pax Exam, in this JVM, listening on a Unix socket in its prefix: {@code
 * %SOCKET%} in the configuration stands for the argument of {@code listen}.
 */
public final class Felix implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final TestContainer container;
  private final BundleContext context;
  private final Path prefix;
  private final List<String> said = new ArrayList<>();

  /**
   * Starts the framework and waits until the kernel says that it serves, or why it does not.
   *
   * @param launcher the jar of {@link Reports}
   * @param chosen tells by a jar's name whether it is installed
   */
  public Felix(Path prefix, Path launcher, String configuration, Predicate<String> chosen)
      throws IOException {
    this(prefix, launcher, configuration, List.of(), chosen);
  }

  /**
   * The same, with bundles besides the distribution's.
   *
   * @param guests their jars
   */
  public Felix(
      Path prefix, Path launcher, String configuration, List<Path> guests, Predicate<String> chosen)
      throws IOException {
    this.prefix = prefix;
    Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("logs"));
    configure(configuration);
    var options = Provision.options(prefix, launcher, guests, chosen);
    container = PaxExamRuntime.createContainer(DefaultExamSystem.create(options)).start();
    context = ((NativeTestContainer) container).getSystemBundle().getBundleContext();
    await("ready");
  }

  /** Writes the configuration. */
  public void configure(String configuration) throws IOException {
    String text = configuration.replace("%SOCKET%", "unix:" + socket());
    Files.writeString(prefix.resolve("conf/nginx.conf"), text);
  }

  /** The system bundle's context. */
  public BundleContext context() {
    return context;
  }

  /** Every bundle that is not as it should be: neither active nor a resolved fragment. */
  public List<String> idle() {
    return List.of(context.getBundles()).stream()
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
        .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
        .map(bundle -> bundle.getSymbolicName() + " in state " + bundle.getState())
        .toList();
  }

  /** Installs and starts a jar. */
  public Bundle install(Path jar) throws BundleException {
    Bundle bundle = context.installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  /**
   * Updates a bundle from a jar, and refreshes who imports it; returns when all is started again.
   */
  public void update(Bundle bundle, Path jar) throws BundleException, IOException {
    boolean isRefused = false;
    try (InputStream bytes = Files.newInputStream(jar)) {
      bundle.update(bytes);
    } catch (BundleException e) {
      // while another thread resolves, Felix updates, and does not start: its way out of a deadlock
      isRefused = e.getType() == BundleException.RESOLVE_ERROR;
      if (!isRefused) {
        throw e;
      }
    }
    refresh(null);
    if (isRefused) {
      bundle.start();
    }
  }

  /**
   * Refreshes bundles and who imports them; returns when all is started again.
   *
   * @param bundles null for those that were updated or uninstalled
   */
  public void refresh(@Nullable Collection<Bundle> bundles) {
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            bundles,
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    try {
      if (!refreshed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the refresh does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the bundle of that name. */
  public Bundle bundle(String symbolicName) {
    return List.of(context.getBundles()).stream()
        .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
        .findFirst()
        .orElseThrow();
  }

  /** Says a word of the master to the kernel. */
  @SuppressWarnings("unchecked") // the contract of launcher and kernel
  public void control(String word) {
    ((Consumer<String>) service(Consumer.class, "(moonphase.control=true)")).accept(word);
  }

  /** Waits until the kernel has reported {@code what} and returns the text that came with it. */
  @SuppressWarnings("unchecked") // what Reports registers
  public String await(String what) {
    var reports = (BlockingQueue<String>) service(BlockingQueue.class, "(reports=true)");
    try {
      while (true) {
        String report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (report == null || report.startsWith("exit ") && !what.equals("exit")) {
          throw new AssertionError("no \"" + what + "\", but " + report + " after " + said);
        }
        said.add(report);
        if (report.startsWith(what + " ")) {
          return report.substring(what.length() + 1);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks for {@code target} on a connection of its own and returns the answer, head and body. */
  public String get(String target) throws IOException {
    return new Client(socket()).get(target);
  }

  /** Runs a command of the shell's scope {@code moonphase} and returns what it prints. */
  public String shell(String command, String... arguments) {
    String filter = "(&(osgi.command.scope=moonphase)(osgi.command.function=" + command + "))";
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
      Object commands = context.getService(found[0]);
      Class<?>[] types = new Class<?>[arguments.length];
      Arrays.fill(types, String.class);
      Method method = commands.getClass().getMethod(command, types);
      return String.valueOf(method.invoke(commands, (Object[]) arguments));
    } catch (InvalidSyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what the error log holds. */
  public String errorLog() throws IOException {
    return Files.readString(prefix.resolve("logs/error.log"));
  }

  /** Where the server listens. */
  public Path socket() {
    return prefix.resolve("server.sock");
  }

  private Object service(Class<?> type, String filter) {
    try {
      Collection<? extends ServiceReference<?>> found = context.getServiceReferences(type, filter);
      return context.getService(found.iterator().next());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
