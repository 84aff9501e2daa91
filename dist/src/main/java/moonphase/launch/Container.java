package moonphase.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The framework's settings, and the distribution's bundles in it. Main thread only. */
final class Container {
  /** Bundles from this level on are for the shell, and stay out unless it is asked for. */
  private static final int SHELL_LEVEL = 90;

  /** Above every folder of {@code bundles/}. */
  private static final int START_LEVEL = 100;

  /** What bundles get from the class path: coroutines of the JDK, and one SLF4J for all. */
  private static final String EXTRA_PACKAGES =
      "jdk.internal.vm,org.slf4j;org.slf4j.helpers;org.slf4j.spi;org.slf4j.event;version=2.0.20";

  /** What the flight recorder makes event classes of bundles refer to as soon as it records. */
  private static final String RECORDER = "jdk.jfr.internal.event";

  private Container() {}

  /** Returns a framework, not yet initialised, that the kernel's properties are known to. */
  static Framework create(CommandLine command) {
    Map<String, String> settings = new HashMap<>(command.kernel());
    settings.put(Constants.FRAMEWORK_STORAGE, command.work().resolve("felix").toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(START_LEVEL));
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, EXTRA_PACKAGES);
    settings.put(Constants.FRAMEWORK_BOOTDELEGATION, RECORDER);
    settings.put("felix.service.urlhandlers", "false");
    settings.put("felix.cache.locking", "false");
    settings.put("felix.log.level", "0"); // failures come as events, which are told in our words
    return ServiceLoader.load(FrameworkFactory.class)
        .findFirst()
        .orElseThrow()
        .newFramework(settings);
  }

  /**
   * Installs and marks for start what lies in {@code bundles/LEVEL-name/}: the number is the start
   * level, the disk is the only list. Jars stay where they are. Fragments are not started.
   */
  static void install(BundleContext context, CommandLine command)
      throws BundleException, IOException {
    var levels = context.getBundle(0).adapt(FrameworkStartLevel.class);
    for (Path folder : sorted(command.home().resolve("bundles"))) {
      int level = Integer.parseInt(folder.getFileName().toString().replaceAll("\\D.*", ""));
      if (level >= SHELL_LEVEL && command.shell().isEmpty()) {
        continue;
      }
      levels.setInitialBundleStartLevel(level);
      for (Path jar : sorted(folder)) {
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        if (!isFragment(bundle)) {
          bundle.start();
        }
      }
    }
  }

  static boolean isFragment(Bundle bundle) {
    int types = bundle.adapt(BundleRevision.class).getTypes();
    return (types & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  static boolean isKernelActive(BundleContext context) {
    return Arrays.stream(context.getBundles())
        .anyMatch(bundle ->
            "moonphase.kernel".equals(bundle.getSymbolicName())
                && bundle.getState() == Bundle.ACTIVE);
  }

  /**
   * Whether a bundle is there that the distribution did not bring, and that may want to be stopped.
   */
  static boolean hasGuests(BundleContext context) {
    return Arrays.stream(context.getBundles())
        .anyMatch(
            bundle -> bundle.getBundleId() != 0 && !bundle.getLocation().startsWith("reference:"));
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
