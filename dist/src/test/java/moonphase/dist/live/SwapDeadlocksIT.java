package moonphase.dist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import moonphase.dist.Command;
import moonphase.dist.osgi.Client;
import moonphase.dist.osgi.Felix;
import moonphase.dist.osgi.Provision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/**
 * Swaps that could wait for themselves or for one another end well before the timeout of a swap.
 */
class SwapDeadlocksIT {
  private static final long SOON_SECONDS = 15;

  @TempDir static Path folder;
  private static Versions versions;
  private static Felix felix;

  @BeforeAll
  static void start() throws IOException {
    versions = new Versions(folder);
    Path restarter =
        Versions.activated("restarter", Restarter.class, 0).write(folder.resolve("restarter.jar"));
    // a swap that waits for itself would take the whole minute
    felix =
        new Felix(
            folder.resolve("prefix"),
            versions.reports(),
            "module_swap_timeout 1m;\n" + Versions.configuration(),
            List.of(versions.guard(0), versions.marked(0), versions.geo(0), restarter),
            jar -> true);
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  private static CompletableFuture<Void> update(String bundle, Path jar) {
    return CompletableFuture.runAsync(() -> {
      try {
        felix.update(felix.bundle(bundle), jar);
      } catch (BundleException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static CompletableFuture<String> get(String target) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return felix.get(target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Test
  void swapThatAHandlerAsksFor_onTheWorker_ends() throws Exception {
    String answer = get("/plain?restart").get(SOON_SECONDS, TimeUnit.SECONDS);
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(get("/plain").get(SOON_SECONDS, TimeUnit.SECONDS).contains("X-Guard: 1.0."));
  }

  @Test
  void twoSwapsAtOnce_duringAReload_end() throws Exception {
    CompletableFuture<Void> one = update("marked", versions.marked(1));
    felix.control("reload");
    CompletableFuture<Void> two = update("moonphase.echo", Provision.jar("echo"));
    CompletableFuture<String> answer = get("/marked");
    CompletableFuture.allOf(one, two).get(SOON_SECONDS, TimeUnit.SECONDS);
    assertTrue(answer.get(SOON_SECONDS, TimeUnit.SECONDS).startsWith("HTTP/1.1 200"));
    assertEquals(List.of(), felix.idle());
    assertFalse(felix.errorLog().contains("[alert]"), felix.errorLog());
  }

  @Test
  void swapThatWaits_whenTheFrameworkStops_ends(@TempDir Path other) throws Exception {
    String waiting = "location = /waiting { echo_sleep 50; echo over; }\n location = /plain";
    Versions.html(other.resolve("prefix"));
    Felix stopping =
        new Felix(
            other.resolve("prefix"),
            versions.reports(),
            "module_swap_timeout 1m;\n"
                + Versions.configuration().replace("location = /plain", waiting),
            List.of(versions.guard(0), versions.marked(0), versions.geo(0)),
            jar -> true);
    Client client = new Client(stopping.socket());
    try (SocketChannel request = client.send("/waiting")) {
      Command.await("request", () -> stopping.shell("cycles").contains(" 1 open"));
      Thread swap =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  stopping.update(stopping.bundle("moonphase.echo"), Provision.jar("echo"));
                } catch (BundleException | IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      Command.await("closing", () -> stopping.shell("modules").contains("closed: module \"echo\""));
      CompletableFuture.runAsync(stopping::close).get(SOON_SECONDS, TimeUnit.SECONDS);
      swap.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
      assertFalse(swap.isAlive());
      assertEquals("", client.answer(request));
    }
  }
}
