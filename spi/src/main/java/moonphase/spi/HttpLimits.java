package moonphase.spi;

/**
 * How much of a request head is read, and for how long; the default server's settings.
 *
 * @param headerBufferSize {@code client_header_buffer_size} in bytes
 * @param largeHeaderCount {@code large_client_header_buffers}: how many
 * @param largeHeaderSize {@code large_client_header_buffers}: how large, in bytes; no line may be
 *     longer
 * @param headerTimeoutMillis {@code client_header_timeout}
 * @param isIgnoringInvalidHeaders {@code ignore_invalid_headers}
 * @param isAllowingUnderscores {@code underscores_in_headers}
 */
public record HttpLimits(
    int headerBufferSize,
    int largeHeaderCount,
    int largeHeaderSize,
    long headerTimeoutMillis,
    boolean isIgnoringInvalidHeaders,
    boolean isAllowingUnderscores) {
  /** nginx's defaults. */
  public static final HttpLimits DEFAULT = new HttpLimits(1024, 4, 8192, 60_000, true, false);
}
