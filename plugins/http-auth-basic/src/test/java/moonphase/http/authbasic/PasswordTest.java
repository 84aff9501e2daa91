package moonphase.http.authbasic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
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
    assertEquals(Optional.of(true), new Password(stored).isMatchedBy("secret"));
    assertEquals(Optional.of(false), new Password(stored).isMatchedBy("Secret"));
    assertEquals(Optional.of(false), new Password(stored).isMatchedBy(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2y$05$abcdefghijklmnopqrstuv", "$y$j9T$x$y", "x", "$6$"})
  void unknownMethod_isNoVerdict(String stored) {
    assertEquals(Optional.empty(), new Password(stored).isMatchedBy("secret"));
  }
}
