package moonphase.kernel;

import java.nio.file.Path;

/**
 * How a location takes request bodies. Immutable.
 *
 * @param maxBytes {@code client_max_body_size}; 0 for no limit
 * @param memoryBytes {@code client_body_buffer_size}
 * @param timeoutMillis {@code client_body_timeout}
 * @param isFileOnly {@code client_body_in_file_only}: every body goes to a file
 * @param isFileKept {@code client_body_in_file_only on}: the file outlives the request
 * @param folder {@code client_body_temp_path}
 */
record BodyLimits(
    long maxBytes,
    long memoryBytes,
    long timeoutMillis,
    boolean isFileOnly,
    boolean isFileKept,
    Path folder) {

  /**
   * The same for a body that a script puts together, whose file goes with the request.
   *
   * @param most a longer one goes to a file; negative: as it stands
   */
  BodyLimits forScripts(long most) {
    long memory = most < 0 ? memoryBytes : most;
    return new BodyLimits(maxBytes, memory, timeoutMillis, false, false, folder);
  }
}
