package moonphase.spi;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What lives as long as one reading of the configuration, from start or reload to the next reload.
 * Any thread unless said otherwise.
 */
@ProviderType
public interface Generation {
  /** Counts readings, from 1. */
  int number();

  /** The workers; as many as {@code worker_processes} says. */
  List<Worker> workers();

  /** A module's configuration on the level {@code http}. */
  <C extends Conf<C>> C conf(ConfKey<C> key);

  /** The error log of the level main. */
  ErrorLog log();

  /**
   * A log file as {@link Arguments#logFile} gives it; while {@link GenerationListener#configured}
   * runs.
   *
   * @param name relative names start at the prefix
   * @throws ConfException if it cannot be opened
   */
  LogFile logFile(String name);

  /** The server's prefix, with a slash at its end. */
  String prefix();

  /** The absolute name of nginx.conf. */
  String confFile();

  /** The environment that scripts see: what {@code env} directives keep or set. */
  Map<String, String> environment();

  /** Whether the server stops, or a newer generation has taken over. */
  boolean isExiting();
}
