package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import moonphase.spi.Chunk;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class OutputTest {
  private final StringBuilder out = new StringBuilder();
  private boolean ended;
  private final Output main = new Output(this::take);

  private void take(Chunk chunk) {
    assertFalse(ended, "a chunk after the last one");
    try {
      out.append(new String(chunk.toBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ended = chunk.isLast();
  }

  private static Chunk text(String text) {
    return Chunk.of(text);
  }

  private static Chunk last(String text) {
    return Chunk.of(text).with(false, true);
  }

  @Test
  void withoutSubrequest_passesAtOnce() {
    main.write(text("a"));
    assertEquals("a", out.toString());
    main.write(last("b"));
    assertEquals("ab", out.toString());
    assertTrue(ended);
  }

  @Test
  void parentsOutputAfterSubrequest_waitsForItsEnd() {
    main.write(text("a"));
    Output child = main.begin();
    main.write(text("c"));
    main.write(Chunk.LAST);
    child.write(text("b"));
    assertEquals("ab", out.toString());
    child.write(Chunk.LAST);
    assertEquals("abc", out.toString());
    assertTrue(ended);
  }

  @Test
  void lastChunkOfSubrequest_endsNotTheWhole() {
    Output child = main.begin();
    child.write(last("a"));
    assertFalse(ended);
    main.write(last("b"));
    assertEquals("ab", out.toString());
    assertTrue(ended);
  }

  @Test
  void laterSubrequestThatEndsFirst_comesLater() {
    Output first = main.begin();
    main.write(text("-"));
    Output second = main.begin();
    second.write(last("2"));
    assertEquals("", out.toString());
    first.write(text("1"));
    first.write(Chunk.LAST);
    assertEquals("1-2", out.toString());
    main.write(Chunk.LAST);
    assertTrue(ended);
  }

  @Test
  void nestedSubrequests_comeInTheOrderInWhichTheyWereBegun() {
    Output a = main.begin();
    main.write(text("."));
    Output b = main.begin();
    main.write(last("!"));
    a.write(text("a"));
    Output inner = a.begin();
    a.write(last("A"));
    b.write(last("b"));
    inner.write(text("i"));
    assertEquals("ai", out.toString());
    inner.write(Chunk.LAST);
    assertEquals("aiA.b!", out.toString());
    assertTrue(ended);
  }

  @Test
  void activeAgainAfterSubrequest_passesAtOnce() {
    Output child = main.begin();
    child.write(last("a"));
    main.write(text("b"));
    assertEquals("ab", out.toString());
    Output next = main.begin();
    main.write(text("d"));
    next.write(text("c"));
    assertEquals("abc", out.toString());
    next.write(Chunk.LAST);
    assertEquals("abcd", out.toString());
  }

  @Test
  void dropped_releasesWhatWaits() {
    int[] released = {0};
    Chunk held =
        new Chunk.Direct(
            java.nio.ByteBuffer.wrap(new byte[] {1}), () -> released[0]++, false, false);
    Output child = main.begin();
    main.write(held);
    Output grandchild = child.begin();
    child.write(held.with(true, false));
    grandchild.write(text("x"));
    main.drop();
    assertEquals(2, released[0]);
  }
}
