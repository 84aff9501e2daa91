package moonphase.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Phase;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A kernel with the module {@link Probe} on a transport that the test turns. */
@NullUnmarked
class KernelTestCase {
  @TempDir Path prefix;

  final FakeTransport transport = new FakeTransport();
  final Probe probe = new Probe();
  final List<String> shown = new ArrayList<>();
  Kernel kernel;

  /** Starts with these directives in a server. */
  void serve(String server) {
    conf("server { listen 8080; server_name localhost; " + server + " }");
    kernel = builder().start();
    transport.worker.turn();
  }

  /** Writes a configuration with these directives in http. */
  void conf(String http) {
    try {
      Files.createDirectories(prefix.resolve("conf"));
      Files.createDirectories(prefix.resolve("logs"));
      Files.writeString(
          prefix.resolve("conf/nginx.conf"),
          "error_log logs/error.log debug;\nevents {}\nhttp { " + http + " }\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KernelBuilder builder() {
    KernelBuilder builder =
        KernelBuilder.on(transport).prefix(prefix).stderr(shown::add).add(probe);
    for (Phase phase : Phase.values()) {
      builder.add(phase, "probe", probe.decides(phase, 0));
      builder.add(phase, "probe_too", probe.decides(phase, 1));
    }
    return builder.add(probe.new Say()).add(Phase.LOG, "log", handler("log"));
  }

  private moonphase.spi.PhaseHandler handler(String word) {
    return exchange -> {
      probe.trace.add(word + " " + exchange.response().status());
      return Verdict.OK;
    };
  }

  FakeStream get(String target, String... headers) {
    return transport.get(target, headers);
  }

  String errorLog() {
    try {
      return Files.readString(prefix.resolve("logs/error.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void noTaskIsLeft() {
    transport.worker.turn();
  }
}
