package moonphase.spi;

import java.util.Map;

/**
 * What a {@link BlockingPhaseHandler} decided. Immutable.
 *
 * @param verdict anything but {@link Verdict#SUSPENDED}
 * @param requestHeaders request fields to set; an empty value removes the field
 * @param responseHeaders response fields to set; an empty value removes the field
 * @param variables variables to set
 */
public record Decision(
    Verdict verdict,
    Map<String, String> requestHeaders,
    Map<String, String> responseHeaders,
    Map<String, String> variables) {
  /** A verdict alone. */
  public static Decision of(Verdict verdict) {
    return new Decision(verdict, Map.of(), Map.of(), Map.of());
  }
}
