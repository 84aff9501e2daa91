package moonphase.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import moonphase.kernel.Kernel;
import moonphase.kernel.KernelBuilder;
import moonphase.spi.ConfException;
import moonphase.spi.RegexEngine;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs spec cases against a kernel made of the services it is given.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> spec() {
 *   return Spec.with(new Echo()).cases("""
 *       === echo writes its arguments
 *       --- config
 *       location /t { echo hi; }
 *       --- request
 *       GET /t
 *       --- response_body
 *       hi
 *       """);
 * }
 * }</pre>
 *
 * <p>Sections: {@code config}, {@code http_config}, {@code main_config}, {@code user_files}, {@code
 * log_level}; {@code request}, {@code more_headers}; {@code error_code} (200 by default; empty: the
 * connection is closed), {@code response_body}, {@code response_body_like}, {@code
 * response_headers}, {@code ignore_response}; {@code error_log}, {@code error_log_like}, {@code
 * no_error_log}; {@code must_die}: the configuration is refused. Immutable.
 */
public final class Spec {
  private static final int RUNS = 2;

  private final List<Object> services;

  private Spec(List<Object> services) {
    this.services = services;
  }

  /**
   * A spec for these services.
   *
   * @param services modules, handlers, filters, listeners, and a {@code RegexEngine} if expressions
   *     are used; a {@code Supplier} is asked for one or a list of them anew for each case
   */
  public static Spec with(Object... services) {
    return new Spec(List.of(services));
  }

  /** This spec with further services. */
  public Spec and(Object... more) {
    List<Object> all = new ArrayList<>(services);
    all.addAll(Arrays.asList(more));
    return new Spec(List.copyOf(all));
  }

  /** A test for each case of a text. */
  public Stream<DynamicTest> cases(String text) {
    return SpecCase.parse(text).stream()
        .map(spec -> DynamicTest.dynamicTest(spec.title(), () -> run(spec)));
  }

  /** A test for each case of a file. */
  public Stream<DynamicTest> file(Path file) throws IOException {
    return cases(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  private void run(SpecCase spec) throws IOException {
    MemoryTransport transport = new MemoryTransport();
    try (Prefix prefix = new Prefix(spec)) {
      try {
        Kernel kernel = start(transport, prefix);
        try {
          Assertions.assertFalse(spec.has("must_die"), "the configuration was not refused");
          converse(spec, transport, prefix);
        } finally {
          kernel.stop();
        }
      } catch (ConfException refused) {
        if (!spec.has("must_die")) {
          throw refused;
        }
        report(Expectation.faults(spec, prefix.newLines()));
      } finally {
        transport.shutdown(0);
      }
    }
  }

  private Kernel start(MemoryTransport transport, Prefix prefix) {
    KernelBuilder builder =
        KernelBuilder.on(transport)
            .prefix(prefix.folder())
            .conf(prefix.confFile())
            .errorLog(prefix.errorLog())
            .stderr(line -> {});
    for (Object service : services) {
      add(builder, service);
    }
    return builder.start();
  }

  private static void add(KernelBuilder builder, Object service) {
    switch (service) {
      case Supplier<?> supplier -> add(builder, supplier.get());
      case List<?> several -> several.forEach(one -> add(builder, one));
      case RegexEngine engine -> builder.regexEngine(engine);
      default -> builder.add(service);
    }
  }

  private static void converse(SpecCase spec, MemoryTransport transport, Prefix prefix)
      throws IOException {
    List<String> starting = prefix.newLines();
    RawRequest request = RawRequest.of(spec.get("request"), spec.get("more_headers"));
    for (int run = 0; run < RUNS; run++) {
      List<String> lines = new ArrayList<>(starting);
      Answer answer = transport.send(request);
      transport.advance(0);
      lines.addAll(prefix.newLines());
      report(Expectation.faults(spec, answer, lines));
    }
  }

  private static void report(List<String> faults) {
    Assertions.assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }
}
