package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import moonphase.spi.Chunk;
import moonphase.spi.HttpLimits;
import moonphase.spi.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It makes no difference where the network cuts a request into pieces. */
class SplitTest {
  private final HeadReader reader =
      new HeadReader(
          new HttpLimits(64, 4, 128, 1000, true, false), new HeadBuffers(), new FieldNames());

  private static ByteBuf buffer(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private static String latin1(ByteBuf buffer) {
    return buffer.toString(StandardCharsets.ISO_8859_1);
  }

  /** All that is read of some bytes that come in the pieces between the cuts. */
  private String read(String bytes, int... cuts) {
    StringBuilder seen = new StringBuilder();
    BodyDecoder body = null;
    ByteBuf in = Unpooled.EMPTY_BUFFER;
    for (int i = 0; i <= cuts.length; i++) {
      String piece =
          bytes.substring(i == 0 ? 0 : cuts[i - 1], i == cuts.length ? bytes.length() : cuts[i]);
      in = buffer(latin1(in) + piece);
      while (in.isReadable()) {
        if (body == null) {
          if (!reader.read(in)) {
            continue;
          }
          RequestHead head = reader.head();
          reader.takeNotes().forEach(note -> seen.append(note).append('\n'));
          seen.append(head).append('\n');
          if (head.status() != 0) {
            return seen.toString();
          }
          body = new BodyDecoder(reader.rules().bodyLength(), (received, next) -> true);
        }
        if (!body.isComplete()) {
          Chunk chunk = body.decode(in);
          seen.append(chunk == null ? "" : TestServer.latin1(chunk));
        }
        if (body.isComplete()) {
          seen.append(" body of ").append(body.consumed()).append('\n');
          body = null;
        } else if (body.isBad()) {
          return seen.append("bad body of ").append(body.consumed()).toString();
        }
      }
    }
    if (reader.hasBegun()) {
      RequestHead head = reader.giveUp(400, "cut");
      reader.takeNotes().forEach(note -> seen.append(note).append('\n'));
      seen.append(head);
    }
    return seen.toString();
  }

  private static final String GOOD =
      "\r\n\nPOST http://host:80/a?b HTTP/1.1 \r\nHost: x\r\nA_b: c\r\n"
          + "Transfer-Encoding: chunked\r\nLong:  "
          + "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll"
          + " \r\n\r\n0a;x=y\r\n0123456789\r\n2\nab\r\n0\r\nT: u\r\n\r\n"
          + "GET / HTTP/1.0\nEmpty\nContent-Length: 3\r\r\n\nabc\n\nGET /simple\r\n"
          + "GET /last HTTP/1.0\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab",
        "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n"
            + "Host:"
            + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n",
      })
  void anyCut_readsTheSame(String bytes) {
    String whole = read(bytes);
    for (int i = 1; i < bytes.length(); i++) {
      assertEquals(stable(whole), stable(read(bytes, i)), "cut at " + i);
    }
    int[] all = new int[bytes.length() - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = i + 1;
    }
    assertEquals(stable(whole), stable(read(bytes, all)));
  }

  /** How much of a refused head had arrived is not the same. */
  private static String stable(String seen) {
    int status = seen.indexOf("status=4");
    return status < 0
        ? seen
        : seen.substring(0, seen.lastIndexOf("RequestHead[", status)) + seen.substring(status);
  }

  /** Valid requests, changed at random: no cut matters, and nothing is thrown. */
  @Test
  void randomBytes_readTheSame() {
    Random random = new Random(20260101);
    String alphabet = "\r\n\t\0 :;/?%#AZaz09_-[]\u007f\u0080\u00ff";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder bytes = new StringBuilder(GOOD);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(bytes.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(4)) {
          case 0 -> bytes.insert(at, c);
          case 1 -> bytes.deleteCharAt(at);
          case 2 -> bytes.setCharAt(at, c);
          default -> bytes.insert(at, bytes.substring(at, Math.min(bytes.length(), at + 20)));
        }
      }
      String request = bytes.toString();
      int first = random.nextInt(request.length());
      int second = first + random.nextInt(request.length() - first);
      assertEquals(stable(read(request)), stable(read(request, first, second)), () -> request);
    }
  }
}
