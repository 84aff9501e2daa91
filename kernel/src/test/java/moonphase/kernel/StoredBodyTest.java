package moonphase.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.RequestBody;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class StoredBodyTest extends KernelTestCase {
  private final AtomicReference<Path> file = new AtomicReference<>();

  /** Reads the body and answers with 200 and a header that says where it was. */
  private final PhaseHandler reader =
      exchange -> {
        Suspension suspension = exchange.suspend();
        RequestBody body = exchange.request().body();
        body.read(status -> {
          file.set(body.file());
          String place = body.bytes() != null ? "memory" : file.get() != null ? "file" : "none";
          exchange.response().headers().set("X", place + " " + body.length());
          suspension.conclude(status == 0 ? Verdict.OK : Verdict.finish(status));
        });
        return Verdict.SUSPENDED;
      };

  private FakeStream post(String directives, int length) {
    conf("server { listen 8080; " + directives + " }");
    kernel = builder().add(Phase.CONTENT, "a_reader", reader).start();
    transport.worker.turn();
    return length == 0
        ? get("/")
        : transport.begin("POST", "/", "Content-Length", Integer.toString(length));
  }

  @Test
  void smallBody_isInMemory() {
    assertEquals("memory 10", post("client_body_buffer_size 10;", 10).header("X"));
  }

  @Test
  void largeBody_isInAFileThatGoesWithTheRequest() {
    FakeStream stream = post("client_body_buffer_size 10; client_body_temp_path t;", 11);
    assertEquals("file 11", stream.header("X"));
    assertTrue(file.get().startsWith(prefix.resolve("t")));
    assertFalse(Files.exists(file.get()));
    assertTrue(
        errorLog().contains("[warn]")
            && errorLog().contains("a client request body is buffered to a temporary file "));
  }

  @Test
  void fileOnly_keepsTheFile() throws Exception {
    FakeStream stream = post("client_body_in_file_only on; client_body_temp_path t;", 3);
    assertEquals("file 3", stream.header("X"));
    assertEquals("xxx", Files.readString(file.get()));
  }

  @Test
  void noBody_isRead() {
    assertEquals("none 0", post("", 0).header("X"));
    assertNull(file.get());
  }
}
