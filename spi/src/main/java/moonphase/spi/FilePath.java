package moonphase.spi;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Turns names from the configuration and the wire into paths. Any thread, does not block. */
@ProviderType
public final class FilePath {
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

  private FilePath() {}

  /**
   * The path whose name consists of exactly these bytes.
   *
   * @param latin1 one char for each byte
   * @throws InvalidPathException if the bytes contain zero, or are none in the encoding that the
   *     JVM uses for names; no such file can be opened
   */
  public static Path of(String latin1) {
    return Path.of(new String(latin1.getBytes(StandardCharsets.ISO_8859_1), NATIVE));
  }

  /** The name of a path, one char for each byte; the reverse of {@link #of}. */
  public static String name(Path path) {
    return new String(path.toString().getBytes(NATIVE), StandardCharsets.ISO_8859_1);
  }
}
