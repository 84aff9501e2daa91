package moonphase.http.map;

/** MurmurHash2 of Austin Appleby, 32 bits, with the seed 0. */
final class MurmurHash {
  private static final int MULTIPLIER = 0x5bd1e995;

  private MurmurHash() {}

  /** The hash of Latin-1 text. */
  static int of(String text) {
    int length = text.length();
    int hash = length;
    int i = 0;
    for (; length - i >= 4; i += 4) {
      int word =
          text.charAt(i)
              | text.charAt(i + 1) << 8
              | text.charAt(i + 2) << 16
              | text.charAt(i + 3) << 24;
      word *= MULTIPLIER;
      word ^= word >>> 24;
      hash = hash * MULTIPLIER ^ word * MULTIPLIER;
    }
    if (i < length) {
      for (int shift = 0; i + shift / 8 < length; shift += 8) {
        hash ^= text.charAt(i + shift / 8) << shift;
      }
      hash *= MULTIPLIER;
    }
    hash ^= hash >>> 13;
    hash *= MULTIPLIER;
    return hash ^ hash >>> 15;
  }
}
