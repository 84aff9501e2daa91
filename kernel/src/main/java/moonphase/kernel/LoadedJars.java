package moonphase.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import moonphase.spi.ConfException;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that {@code load_module} names, as bundles that live as long as a configuration that
 * names them serves. The framework may keep them over its own end: a bundle is known by its
 * location, and started for this run only.
 *
 * <p>Threads: the control thread. A bundle that is stopped by it calls {@link KernelComponent} back
 * on the same thread.
 *
 * <p>Source: ngx_load_module, for the texts of errors.
 */
final class LoadedJars implements Modules {
  private static final Logger LOG = LoggerFactory.getLogger("moonphase");
  static final String LOCATION = "load_module:";

  /** A jar as it was installed; another state of the file makes it an update. */
  private record State(FileTime time, long size) {}

  private final BundleContext context;
  private final Supplier<Offer> registered;
  private final Map<String, State> states = new HashMap<>();

  /** The locations that the serving configuration names. */
  private Set<String> serving = Set.of();

  /** The locations that the one being read has named so far; null when none is read. */
  private @Nullable Set<String> named;

  /**
   * None so far.
   *
   * @param registered everything that can be served, whoever installed it
   */
  LoadedJars(BundleContext context, Supplier<Offer> registered) {
    this.context = context;
    this.registered = registered;
  }

  @Override
  public Offer present() {
    return of(named == null ? serving : named);
  }

  /** What takes part in the serving configuration, whatever is being read. */
  Offer serving() {
    return of(serving);
  }

  private Offer of(Set<String> wanted) {
    Set<String> others = new HashSet<>();
    bundles()
        .filter(bundle -> !wanted.contains(bundle.getLocation()))
        .forEach(bundle -> others.add(bundle.getSymbolicName()));
    Offer now = registered.get();
    return others.isEmpty() ? now : now.without(plugin -> others.contains(plugin.origin()));
  }

  private Stream<Bundle> bundles() {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith(LOCATION));
  }

  @Override
  public void begin() {
    named = new HashSet<>();
  }

  @Override
  public boolean isInstalled(String symbolicName) {
    return Stream.of(context.getBundles())
        .anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
  }

  @Override
  public void load(String file) {
    String location = LOCATION + file;
    Set<String> soFar = named;
    if (soFar == null) {
      throw new IllegalStateException("no configuration is read");
    }
    try {
      Path jar = FilePath.of(file);
      String name = symbolicName(jar, file);
      if (!soFar.add(location)) {
        throw alreadyLoaded(name);
      }
      install(jar, location, name);
    } catch (InvalidPathException e) {
      throw failed(file, Errno.of(e).text());
    } catch (ZipException e) {
      throw failed(file, "not a jar");
    } catch (IOException e) {
      throw failed(file, cannotOpen(e));
    } catch (BundleException e) {
      Bundle installed = context.getBundle(location);
      if (installed != null && !serving.contains(location)) {
        uninstall(installed);
      }
      throw failed(file, String.valueOf(e.getMessage()));
    }
  }

  private static String symbolicName(Path jar, String file) throws IOException {
    Files.newInputStream(jar).close(); // says why not, which the next line does not
    try (JarFile content = new JarFile(jar.toFile())) {
      Manifest manifest = content.getManifest();
      String header =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (header == null) {
        String symbol = Constants.BUNDLE_SYMBOLICNAME;
        throw new ConfException(
            "dlsym() \"%1$s\", \"%2$s\" failed (%1$s: undefined symbol: %2$s)"
                .formatted(file, symbol));
      }
      return header.replaceFirst("\\s*;.*", "");
    }
  }

  private void install(Path jar, String location, String name) throws IOException, BundleException {
    State state = new State(Files.getLastModifiedTime(jar), Files.size(jar));
    Bundle bundle = context.getBundle(location);
    try (InputStream bytes = Files.newInputStream(jar)) {
      if (bundle == null) {
        bundle = context.installBundle(location, bytes);
        int level = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
      } else if (!state.equals(states.get(location))) {
        update(bundle, bytes);
      }
    } catch (BundleException e) {
      if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
        throw alreadyLoaded(name);
      }
      throw e;
    }
    states.put(location, state);
    start(bundle);
  }

  private void update(Bundle bundle, InputStream bytes) throws BundleException {
    if (!isFragment(bundle)) {
      bundle.stop(Bundle.STOP_TRANSIENT);
    }
    try {
      bundle.update(bytes);
    } catch (BundleException e) {
      start(bundle); // as it was
      throw e;
    }
    wiring().refreshBundles(null);
  }

  private void start(Bundle bundle) throws BundleException {
    if (!isFragment(bundle)) {
      // waits for a refresh that is under way, while start() would be refused
      wiring().resolveBundles(List.of(bundle));
      bundle.start(Bundle.START_TRANSIENT);
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
  }

  private static ConfException alreadyLoaded(String name) {
    return new ConfException("module \"" + name + "\" is already loaded");
  }

  private static ConfException failed(String file, String reason) {
    return new ConfException("dlopen() \"%1$s\" failed (%1$s: %2$s)".formatted(file, reason));
  }

  private static String cannotOpen(IOException e) {
    return "cannot open shared object file: " + Errno.of(e).text();
  }

  @Override
  public void end(boolean isTaken) {
    Set<String> read = named;
    named = null;
    if (isTaken && read != null) {
      serving = Set.copyOf(read);
    }
    List<Bundle> unwanted =
        bundles().filter(bundle -> !serving.contains(bundle.getLocation())).toList();
    unwanted.forEach(this::uninstall);
    if (!unwanted.isEmpty()) {
      wiring().refreshBundles(null);
    }
  }

  private void uninstall(Bundle bundle) {
    states.remove(bundle.getLocation());
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      LOG.error("module \"{}\" is not unloaded", bundle.getSymbolicName(), e);
    }
  }

  /** Lets go of what was updated or uninstalled in the framework's own time. */
  private FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }
}
