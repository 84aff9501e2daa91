package moonphase.spi;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A file that lines are appended to, or a syslog server. Any thread; a line is written whole. */
@ProviderType
public interface LogFile {
  /**
   * Appends text.
   *
   * @param latin1 with its line end
   * @return null if it was written, otherwise why not
   */
  @Nullable Errno write(String latin1);
}
