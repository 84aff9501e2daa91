package moonphase.http.authbasic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stored form is of the password {@code secret}, made by htpasswd, openssl or crypt(3). */
class PasswordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{PLAIN}secret",
        "$apr1$a1b2c3d4$sNf9c55mN1G1wjTFVoSe9.",
        "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0",
        "abNANd1rDfiNc",
        "$1$saltsalt$9xy1btjgzLYfb7hivXtC//",
        "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA",
        "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1",
      })
  void storedForm_matchesItsPasswordOnly(String stored) {
    assertTrue(new Password(stored).isMatchedBy("secret"));
    assertFalse(new Password(stored).isMatchedBy("Secret"));
    assertFalse(new Password(stored).isMatchedBy(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$zz$x$y", "$2y$99$", "x", "$6$", "$"})
  void unknownMethod_matchesNothing(String stored) {
    assertFalse(new Password(stored).isMatchedBy("secret"));
  }

  @ParameterizedTest
  @EnabledIf("hasLibcrypt")
  @ValueSource(
      strings = {
        "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$y$j75$saltsalt$0gBD67sgmJgRX3RZ6wHHO7sHimQEWGCWN85o4Twogh2",
      })
  void methodOfTheSystem_matchesItsPasswordOnly(String stored) {
    assertTrue(new Password(stored).isMatchedBy("secret"));
    assertFalse(new Password(stored).isMatchedBy("Secret"));
  }

  static boolean hasLibcrypt() {
    try {
      String setting = "$2y$05$abcdefghijklmnopqrstuu";
      return SystemCrypt.crypt(new byte[0], setting).startsWith(setting);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
