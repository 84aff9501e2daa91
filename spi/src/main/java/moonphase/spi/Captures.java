package moonphase.spi;

import org.jspecify.annotations.Nullable;

/**
 * What the groups of a matched regular expression stand for. Immutable, any thread.
 *
 * @param subject the text matched against
 * @param offsets begin and end of each group, the whole match first; -1 for a group without part
 */
public record Captures(String subject, int[] offsets) {
  /** The text of group {@code n}, 0 being the whole match; null if it took no part. */
  public @Nullable String group(int n) {
    return n * 2 + 1 < offsets.length && offsets[n * 2] >= 0
        ? subject.substring(offsets[n * 2], offsets[n * 2 + 1])
        : null;
  }
}
