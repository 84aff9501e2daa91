package moonphase.dist.osgi;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The assembled distribution as options of Pax Exam: what is tested is what ships. */
public final class Provision {
  /** The distribution's bundles. */
  public static final Path BUNDLES = Path.of("target/moonphase/bundles").toAbsolutePath();

  private static final int SHELL_LEVEL = 90;

  /** Before the kernel, as those in {@code deploy/}. */
  private static final int GUEST_LEVEL = 65;

  private Provision() {}

  /** Returns the jar of a bundle of ours, for example {@code phase.log}. */
  public static Path jar(String name) throws IOException {
    try (Stream<Path> jars = Files.walk(BUNDLES)) {
      return jars.filter(jar -> jar.endsWith(name + ".jar")).findFirst().orElseThrow();
    }
  }

  /**
   * Returns options for a framework with the bundles that {@code chosen} accepts by the names of
   * their jars, and with {@code launcher} in the launcher's place.
   *
   * @param prefix the server's, with conf/nginx.conf in it
   */
  public static Option[] options(Path prefix, Path launcher, Predicate<String> chosen)
      throws IOException {
    return options(prefix, launcher, List.of(), chosen);
  }

  /**
   * The same, with bundles besides the distribution's.
   *
   * @param guests their jars
   */
  public static Option[] options(
      Path prefix, Path launcher, List<Path> guests, Predicate<String> chosen) throws IOException {
    List<Option> options = new ArrayList<>();
    options.add(systemPackage("jdk.internal.vm"));
    for (String name : List.of("", ".helpers", ".spi", ".event")) {
      options.add(systemPackage("org.slf4j" + name + ";version=2.0.20"));
    }
    options.add(systemTimeout(20_000));
    options.add(frameworkStartLevel(100));
    options.add(frameworkProperty("felix.service.urlhandlers").value("false"));
    options.add(frameworkProperty("moonphase.home").value(BUNDLES.getParent().toString()));
    options.add(frameworkProperty("moonphase.prefix").value(prefix + "/"));
    options.add(frameworkProperty("moonphase.conf").value("conf/nginx.conf"));
    options.add(frameworkProperty("moonphase.errorlog").value("logs/error.log"));
    for (String empty : List.of("globals", "test", "quiet", "master")) {
      options.add(frameworkProperty("moonphase." + empty).value(""));
    }
    options.add(bundle(launcher.toUri().toString()).startLevel(1));
    try (Stream<Path> jars = Files.walk(BUNDLES)) {
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
        int level = Integer.parseInt(jar.getParent().getFileName().toString().substring(0, 2));
        if (level < SHELL_LEVEL && chosen.test(jar.getFileName().toString())) {
          options.add(option(jar, level));
        }
      }
    }
    for (Path guest : guests) {
      options.add(option(guest, GUEST_LEVEL));
    }
    return options.toArray(Option[]::new);
  }

  private static Option option(Path jar, int level) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      var headers = file.getManifest().getMainAttributes();
      var option = bundle(jar.toUri().toString()).startLevel(level);
      return headers.getValue("Fragment-Host") == null ? option : option.noStart();
    }
  }
}
