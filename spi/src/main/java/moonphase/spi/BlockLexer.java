package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Finds the end of a block whose text is in a language of its own. Any thread, stateless. */
@ConsumerType
@FunctionalInterface
public interface BlockLexer {
  /**
   * The index of the brace that closes a block.
   *
   * @param text the whole file, Latin-1
   * @param start the index behind the opening brace
   * @return the index of the closing brace; -1 if the file ends before it
   * @throws IllegalArgumentException if the text is malformed; the message, without file and line,
   *     is shown to the user
   */
  int end(CharSequence text, int start);
}
