package moonphase.kernel.conf;

/**
 * A file that was read, for {@code -T}.
 *
 * @param path its absolute name
 * @param text its content, Latin-1
 */
public record ConfFile(String path, String text) {}
