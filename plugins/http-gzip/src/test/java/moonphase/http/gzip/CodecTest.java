package moonphase.http.gzip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static byte[] sample(int size) {
    Random random = new Random(7);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(1 + i % 7));
    }
    return bytes;
  }

  @Test
  void compressed_body_is_read_by_others() throws IOException {
    byte[] whole = sample(300_000);
    for (int level : new int[] {1, 6, 9}) {
      Compression compression = new Compression(level);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < whole.length; i += 7_001) {
        compression.add(whole, i, Math.min(7_001, whole.length - i));
        all.writeBytes(compression.take());
      }
      compression.finish();
      all.writeBytes(compression.take());
      assertArrayEquals(
          whole, new GZIPInputStream(new ByteArrayInputStream(all.toByteArray())).readAllBytes());
      assertTrue(Double.parseDouble(compression.ratio()) > 2, compression.ratio());
      compression.end();
      compression.end();
    }
  }

  @Test
  void flush_lets_all_out_that_went_in() throws IOException {
    Compression compression = new Compression(1);
    compression.add("hello".getBytes(StandardCharsets.US_ASCII), 0, 5);
    assertEquals(10, compression.take().length, "the header alone");
    compression.flush();
    Expansion expansion = new Expansion();
    byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, 3};
    expansion.add(header, 0, header.length);
    byte[] flushed = compression.take();
    expansion.add(flushed, 0, flushed.length);
    assertEquals("hello", new String(expansion.take(), StandardCharsets.US_ASCII));
    assertFalse(expansion.isComplete());
    compression.end();
    expansion.end();
  }

  @Test
  void members_one_after_another_are_expanded_byte_by_byte() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    for (String text : new String[] {"first ", "second"}) {
      try (GZIPOutputStream member = new GZIPOutputStream(two)) {
        member.write(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertEquals("first second", expand(two.toByteArray(), 1));
    assertEquals("first second", expand(two.toByteArray(), 1000));
  }

  @Test
  void header_fields_are_passed_over() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (GZIPOutputStream member = new GZIPOutputStream(plain)) {
      member.write("text".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = plain.toByteArray();
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
    full.writeBytes(new byte[] {3, 0, 1, 2, 3});
    full.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
    full.writeBytes(new byte[] {9, 9});
    full.write(bytes, 10, bytes.length - 10);
    assertEquals("text", expand(full.toByteArray(), 1));
    assertEquals("text", expand(full.toByteArray(), 100));
  }

  @Test
  void what_is_broken_is_refused() throws IOException {
    Compression compression = new Compression(1);
    compression.add(sample(1000), 0, 1000);
    compression.finish();
    byte[] good = compression.take();
    compression.end();
    for (int i : new int[] {0, 1, 2, 3, 20, good.length - 1, good.length - 8}) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) 0xe1;
      assertThrows(IOException.class, () -> expand(bad, 100), "byte " + i);
    }
    byte[] cut = Arrays.copyOf(good, good.length - 1);
    assertThrows(IOException.class, () -> expand(cut, 100));
  }

  private static String expand(byte[] bytes, int pieceLength) throws IOException {
    Expansion expansion = new Expansion();
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < bytes.length; i += pieceLength) {
        expansion.add(bytes, i, Math.min(pieceLength, bytes.length - i));
        all.writeBytes(expansion.take());
      }
      if (!expansion.isComplete()) {
        throw new IOException("it ends early");
      }
      return all.toString(StandardCharsets.US_ASCII);
    } finally {
      expansion.end();
    }
  }
}
