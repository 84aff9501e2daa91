package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** A file that lines are appended to. Any thread; a line is written whole. */
@ProviderType
public interface LogFile {
  /**
   * Appends text.
   *
   * @param latin1 with its line end
   */
  void write(String latin1);
}
