package moonphase.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line said, as {@code bin/moonphase} and {@code lib/master} pass it on in system
 * properties. Immutable, any thread.
 *
 * @param home the distribution's folder
 * @param temp the folder of this start, gone after it
 * @param test {@code t} or {@code T} when the configuration is only checked, else empty
 * @param master the master's process id, 0 when there is none
 * @param channel where the start's result goes, empty for the standard streams
 * @param kernel what the kernel is told, by framework property
 */
record CommandLine(
    Path home, Path temp, String test, long master, String channel, Map<String, String> kernel) {
  private static final String[] KERNEL = {
    "home", "prefix", "conf", "globals", "errorlog", "test", "quiet", "master"
  };

  static CommandLine ofSystemProperties() {
    Map<String, String> kernel = new HashMap<>();
    for (String name : KERNEL) {
      kernel.put("moonphase." + name, System.getProperty("moonphase." + name, ""));
    }
    return new CommandLine(
        folder("moonphase.home", "."),
        folder("moonphase.temp", System.getProperty("java.io.tmpdir") + "/moonphase"),
        System.getProperty("moonphase.test", ""),
        Long.getLong("moonphase.master", 0),
        System.getProperty("moonphase.channel", ""),
        Map.copyOf(kernel));
  }

  /** Whether a master process stands behind the standard input. */
  boolean hasMaster() {
    return master != 0;
  }

  /** The part of {@link #temp} that goes to the user whom the server becomes. */
  Path work() {
    return temp.resolve("jvm");
  }

  /** Where the Gogo shell listens, when it is asked for: a Unix socket. */
  Optional<Path> shell() {
    return Optional.ofNullable(System.getProperty("moonphase.shell")).map(Path::of);
  }

  /** The Unix socket to send the rehearsal's requests to, in a JVM that records its start. */
  Optional<Path> rehearsal() {
    return Optional.ofNullable(System.getProperty("moonphase.rehearsal")).map(Path::of);
  }

  private static Path folder(String property, String otherwise) {
    return Path.of(System.getProperty(property, otherwise)).toAbsolutePath();
  }
}
