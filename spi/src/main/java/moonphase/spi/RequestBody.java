package moonphase.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a request. Worker thread only.
 *
 * <p>A read body is in memory, or in a temporary file if it did not fit {@code
 * client_body_buffer_size}; the file is deleted when the request is over, or has another body.
 */
@ProviderType
public interface RequestBody {
  /**
   * Reads the whole body; asks the client to continue if it waits for that.
   *
   * @param done called once on the worker thread, at once if there is nothing to wait for: 0, or
   *     the status to finish with (400, 408, 413, 500)
   */
  void read(IntConsumer done);

  /** Reads and forgets the body, unless it was read. Does not wait. */
  void discard();

  /** Whether the body was read or set; true too after the reading of an empty one. */
  boolean isRead();

  /** The body in memory: null if it was not read, is empty or is in a file. Do not change it. */
  byte @Nullable [] bytes();

  /** The file that holds the body: null if it was not read, is empty or is in memory. */
  @Nullable Path file();

  /** The length in bytes of a read body, wherever it is; 0 if it was not read. */
  long length();

  /** Makes this the body; the field {@code Content-Length} is the caller's to set. */
  void set(byte[] bytes);

  /**
   * Makes the content of a file the body.
   *
   * @param file must exist
   * @param delete whether the file is deleted when the request is over, or has another body
   */
  void set(Path file, boolean delete);

  /**
   * Begins a body that is put together piece by piece.
   *
   * @param memoryBytes a longer one goes to a temporary file; negative: {@code
   *     client_body_buffer_size}
   */
  Writer write(long memoryBytes);

  /** A body that is being put together. Worker thread only; blocks for the disk. */
  @ProviderType
  interface Writer {
    /**
     * Adds a piece, which nobody changes any more.
     *
     * @throws IOException if the temporary file cannot be written
     */
    void append(byte[] bytes) throws IOException;

    /**
     * Makes what was put together the body; the field {@code Content-Length} is the caller's to
     * set.
     *
     * @return its length in bytes
     * @throws IOException if the temporary file cannot be completed
     */
    long finish() throws IOException;
  }

  /**
   * Receives the body piece by piece instead of {@link #read}.
   *
   * @param receiver gets every piece; it pauses and resumes through the returned flow
   * @throws IllegalStateException if the body was read
   */
  BodyFlow receive(BodyReceiver receiver);
}
