package moonphase.http.authbasic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent in {@code Authorization}.
 *
 * @param user never empty
 * @param password may be empty
 */
record Credentials(String user, String password) {
  /**
   * Reads the field.
   *
   * @param field its value, or null if it was not sent
   * @return absent if there is no name and password in it
   */
  static Optional<Credentials> read(@Nullable String field) {
    if (field == null || !field.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(field.substring(6).strip());
      pair = new String(decoded, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon <= 0
        ? Optional.empty()
        : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return "Credentials of " + user;
  }
}
