package moonphase.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs commands and looks at processes that are nobody's children. */
public final class Command {
  private static final long PATIENCE_SECONDS = 60;

  /** What a command said, read to the end of both streams, and its exit status. */
  record Result(int status, String out, String err) {}

  private Command() {}

  /**
   * Runs to the end of its output: a daemon that kept one of the streams would make this fail after
   * {@value #PATIENCE_SECONDS} s.
   */
  static Result run(String... words) throws IOException {
    return run(Map.of(), words);
  }

  static Result run(Map<String, String> environment, String... words) throws IOException {
    Process process = start(environment, words);
    var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    return CompletableFuture.allOf(out, err, process.onExit())
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .thenApply(all -> new Result(process.exitValue(), out.join(), err.join()))
        .join();
  }

  static Process start(Map<String, String> environment, String... words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  static void kill(String signal, long pid) throws IOException {
    run("kill", "-" + signal, Long.toString(pid));
  }

  /** Whether {@code pid} runs: a process that only waits to be reaped does not. */
  static boolean isRunning(long pid) {
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }

  static List<Long> children(long pid) throws IOException {
    Path list = Path.of("/proc/" + pid + "/task/" + pid + "/children");
    List<Long> children = new ArrayList<>();
    for (String child : Files.readString(list).split(" ")) {
      if (!child.isBlank()) {
        children.add(Long.valueOf(child.strip()));
      }
    }
    return children;
  }

  /** Waits until {@code condition} holds, which other processes bring about. */
  public static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @param what asked for when it has not come to hold
   */
  public static void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }
}
