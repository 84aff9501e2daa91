package moonphase.http.authbasic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * A password as a user file has it: {@code $apr1$}, {@code {PLAIN}}, {@code {SHA}}, {@code {SSHA}},
 * and crypt(3)'s DES, {@code $1$}, {@code $5$} and {@code $6$}; other methods are the C library's,
 * if it is there. Any thread.
 *
 * <p>Source: ngx_crypt; nginx manual, "auth_basic_user_file".
 *
 * @param stored with the prefix of its method
 */
record Password(String stored) {
  private static final int SHA1_BYTES = 20;

  /** Whether checking takes milliseconds, so that it must not be done on a worker thread. */
  boolean isSlow() {
    return stored.startsWith("$") && !stored.startsWith("$1$") && !stored.startsWith("$apr1$");
  }

  /**
   * Whether {@code given}, in Latin-1, is the password; nothing is, if the method is unknown or the
   * salt malformed.
   */
  boolean isMatchedBy(String given) {
    byte[] key = given.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return MessageDigest.isEqual(
          encrypt(key).getBytes(StandardCharsets.ISO_8859_1),
          stored.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private String encrypt(byte[] key) {
    if (stored.startsWith("$apr1$")) {
      return Md5Crypt.apr1Crypt(key, stored);
    }
    if (stored.startsWith("{PLAIN}")) {
      return "{PLAIN}" + new String(key, StandardCharsets.ISO_8859_1);
    }
    if (stored.startsWith("{SSHA}")) {
      byte[] salted = decode(stored.substring(6));
      byte[] salt = new byte[Math.max(0, salted.length - SHA1_BYTES)];
      System.arraycopy(salted, salted.length - salt.length, salt, 0, salt.length);
      byte[] all = Arrays.copyOf(sha1(key, salt), SHA1_BYTES + salt.length);
      System.arraycopy(salt, 0, all, SHA1_BYTES, salt.length);
      return "{SSHA}" + Base64.getEncoder().encodeToString(all);
    }
    if (stored.startsWith("{SHA}")) {
      return "{SHA}" + Base64.getEncoder().encodeToString(sha1(key, new byte[0]));
    }
    return stored.startsWith("$") && !stored.matches("\\$[156]\\$.*")
        ? SystemCrypt.crypt(key, stored)
        : Crypt.crypt(key, stored);
  }

  /** The bytes of a salted digest; malformed text stands for an empty salt, as in nginx. */
  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[SHA1_BYTES];
    }
  }

  private static byte[] sha1(byte[] key, byte[] salt) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(key);
      return digest.digest(salt);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }

  @Override
  public String toString() {
    return "Password";
  }
}
