package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told about the life of generations: a service. Each method does nothing by default.
 *
 * <p>For one generation the calls come in the order in which they stand here, {@link #reopening}
 * apart. One that comes while a generation lives is told {@link #configured} and {@link
 * #workerStarted} of it then; one that goes is told nothing, unless {@link #startsGeneration}.
 */
@ConsumerType
public interface GenerationListener {
  /**
   * Whether what it keeps for a generation cannot be handed to a successor. Its coming then starts
   * a new generation; when it goes, the generation ends for it, and it is told so before it is
   * gone. Any thread; false by default.
   */
  default boolean startsGeneration() {
    return false;
  }

  /**
   * The configuration was read and merged, and the sockets are not yet bound. May take its time.
   * Not a worker thread, but no request runs in this generation yet.
   *
   * @throws ConfException to refuse the configuration: {@code [emerg]}, and no start or reload
   */
  default void configured(Generation generation) {}

  /** A worker begins to serve the generation; before its first request. That worker's thread. */
  default void workerStarted(Generation generation, Worker worker) {}

  /**
   * Log files are about to be opened anew or closed: what waits to be written belongs into the old
   * ones. At any time after {@link #configured}. Not a worker thread; may block for the disk.
   */
  default void reopening(Generation generation) {}

  /**
   * The generation takes no new requests: the server stops, or a reload replaced it; requests that
   * it began may go on. Each worker's thread.
   */
  default void workerExiting(Generation generation, Worker worker) {}

  /** The last request of the generation on that worker is over. That worker's thread. */
  default void workerExited(Generation generation, Worker worker) {}

  /** Nothing of the generation runs any more; drop what was kept for it. Any thread. */
  default void retired(Generation generation) {}
}
