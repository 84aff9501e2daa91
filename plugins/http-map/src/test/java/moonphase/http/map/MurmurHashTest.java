package moonphase.http.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MurmurHashTest {
  /** The shares of client1 to client60 as nginx 1.22.1 gave them, of 10, 10, 30.5, 10, 10 %. */
  private static final String NGINX =
      "742133277173137417773431171233777237767337413337633422377376";

  private static final double[] ENDS = {0.1, 0.2, 0.505, 0.6049, 0.605, 0.705, 1};

  @Test
  void hash_is_that_of_nginx() {
    StringBuilder shares = new StringBuilder();
    for (int i = 1; i <= 60; i++) {
      double hash = Integer.toUnsignedLong(MurmurHash.of("client" + i)) / (double) 0xffff_ffffL;
      int share = 0;
      while (hash >= ENDS[share]) {
        share++;
      }
      shares.append(share + 1);
    }
    assertEquals(NGINX, shares.toString());
  }
}
