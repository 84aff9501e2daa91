package moonphase.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The folder {@code deploy/}: a jar put there is installed and started, one that changes is
 * updated, one that goes is uninstalled. What is there at the start is resolved before nginx.conf
 * is read. Jars are copied by the framework, so a file may be replaced while its old bundle still
 * serves.
 *
 * <p>Threads: {@link #scan} first on the main thread, then on the one that {@link #watch} keeps.
 */
final class DeployFolder {
  /** Before the kernel's. */
  private static final int START_LEVEL = 65;

  /** A file is looked at when the folder has been quiet for so long: it may still be written. */
  private static final long QUIET_MILLIS = 200;

  private record Seen(FileTime time, long size) {}

  private final BundleContext context;
  private final Path folder;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Map<Path, Bundle> bundles = new HashMap<>();

  DeployFolder(BundleContext context, CommandLine command) {
    this.context = context;
    this.folder = command.home().resolve("deploy");
  }

  /** Looks once, and makes the framework's bundles what the folder holds. */
  void scan() throws IOException {
    Map<Path, Seen> now = list();
    Set<Path> gone = new HashSet<>(bundles.keySet());
    gone.removeAll(now.keySet());
    gone.forEach(this::remove);
    now.forEach((jar, state) -> {
      if (!state.equals(seen.get(jar))) {
        put(jar);
      }
    });
    seen.clear();
    seen.putAll(now);
  }

  /** Follows the folder until the framework stops; blocks. Without a folder it returns at once. */
  void watch() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (WatchService events = folder.getFileSystem().newWatchService()) {
      folder.register(
          events,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      scan(); // what came between the first look and the registration
      while (true) {
        settle(events);
        scan();
      }
    } catch (IOException | ClosedWatchServiceException e) {
      ErrorLine.write("alert", "\"" + folder + "\" is not watched any more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void settle(WatchService events) throws InterruptedException {
    WatchKey key = events.take();
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = events.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private Map<Path, Seen> list() throws IOException {
    Map<Path, Seen> jars = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path jar : entries.filter(path -> path.toString().endsWith(".jar")).toList()) {
          jars.put(jar, new Seen(Files.getLastModifiedTime(jar), Files.size(jar)));
        }
      }
    }
    return jars;
  }

  private void put(Path jar) {
    try {
      new JarFile(jar.toFile()).close(); // half a jar is not installed, its next change comes
      try (InputStream bytes = Files.newInputStream(jar)) {
        Bundle bundle = bundles.get(jar);
        if (bundle == null) {
          install(jar, bytes);
        } else {
          update(bundle, bytes);
        }
      }
    } catch (IOException | BundleException e) {
      ErrorLine.write("error", "\"" + jar + "\" is not deployed: " + e.getMessage());
    }
  }

  private void install(Path jar, InputStream bytes) throws BundleException {
    Bundle bundle = context.installBundle(jar.toUri().toString(), bytes);
    bundles.put(jar, bundle);
    bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
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
    start(bundle);
  }

  private void start(Bundle bundle) throws BundleException {
    if (!isFragment(bundle)) {
      // waits for a refresh that is under way, while start() would be refused
      wiring().resolveBundles(List.of(bundle));
      bundle.start();
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  private void remove(Path jar) {
    Bundle bundle = bundles.remove(jar);
    if (bundle == null) {
      return;
    }
    try {
      bundle.uninstall();
      wiring().refreshBundles(null);
    } catch (BundleException e) {
      ErrorLine.write("error", "\"" + jar + "\" is not removed: " + e.getMessage());
    }
  }
}
