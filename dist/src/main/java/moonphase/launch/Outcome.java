package moonphase.launch;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the server, as the kernel tells it: the service {@code BiConsumer} with the
 * property {@code moonphase.launcher=true}. Called from any thread, never blocks on the kernel.
 *
 * <pre>
 * stderr TEXT    shown to the caller
 * stdout TEXT    shown to the caller
 * pid PATH       the pid file's absolute path; again after a reload that changed it
 * user UID:GID   the process will become that user; the lines that follow are the log files' paths
 * daemon on|off  what the configuration says; bin/moonphase has read it by itself
 * ready          sockets are bound
 * exit STATUS    the server has ended, or does not start
 * </pre>
 */
final class Outcome implements BiConsumer<String, String> {
  private final Caller caller;
  private final Master master;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> serving = new CompletableFuture<>();

  Outcome(Caller caller, Master master) {
    this.caller = caller;
    this.master = master;
  }

  @Override
  public void accept(String what, String text) {
    switch (what) {
      case "stderr" -> caller.error(text);
      case "stdout" -> caller.output(text);
      case "pid" -> pid(text);
      case "user" -> user(text);
      case "daemon" -> {}
      case "ready" -> ready();
      case "exit" -> exit.complete(Integer.valueOf(text));
      default -> throw new IllegalArgumentException("unknown report \"" + what + "\"");
    }
  }

  /** Shows a failure that does not end the start: to the caller, to the error log later. */
  void alert(String text) {
    if (isServing()) {
      ErrorLine.write("alert", text);
    } else {
      caller.error("nginx: [alert] " + text);
    }
  }

  boolean isServing() {
    return serving.isDone();
  }

  /** Runs {@code task} on a thread of its own once the sockets are bound. */
  void whenServing(String thread, Runnable task) {
    serving.thenRunAsync(task, command -> Thread.ofPlatform().daemon().name(thread).start(command));
  }

  /** Waits for the end and returns the exit status. */
  int await() {
    return exit.join();
  }

  private void pid(String path) {
    String problem = master.pidFile(path);
    if (problem != null) {
      fail(problem);
    }
  }

  private void user(String text) {
    String problem = master.leaving(text.lines().toList());
    if (problem != null) {
      fail(problem);
    }
  }

  private void ready() {
    String problem = master.serving();
    if (problem != null) {
      fail(problem);
    } else if (!caller.ready()) {
      exit.complete(1);
    }
    serving.complete(null);
  }

  private void fail(String problem) {
    ErrorLine.write("emerg", problem);
    if (!isServing()) {
      caller.error("nginx: [emerg] " + problem);
      exit.complete(1);
    }
  }
}
