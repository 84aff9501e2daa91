package moonphase.kernel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import moonphase.spi.ConfException;

/**
 * What a shell has done on the control thread, told as nginx's command line tells it. Any thread
 * but that one; blocks until it is done.
 */
final class ControlCommands {
  private final ExecutorService control;
  private final Modules modules;
  private final Consumer<Server> reloaded;

  /**
   * Commands.
   *
   * @param reloaded told on the control thread when a configuration was taken over
   */
  ControlCommands(ExecutorService control, Modules modules, Consumer<Server> reloaded) {
    this.control = control;
    this.modules = modules;
    this.reloaded = reloaded;
  }

  /** Empty if all went well. */
  String reload(Server server) {
    return run(
        server,
        () -> {
          try {
            server.load(modules);
            reloaded.accept(server);
            return "";
          } catch (ConfException e) {
            return ""; // its line is among those that are told
          }
        });
  }

  String test(Server server) {
    return run(
        server,
        () -> {
          String file = server.confFile();
          try {
            server.check(modules);
            return "nginx: the configuration file "
                + file
                + " syntax is ok\nnginx: configuration file "
                + file
                + " test is successful\n";
          } catch (ConfException e) {
            return "nginx: configuration file " + file + " test failed\n";
          }
        });
  }

  private String run(Server server, Supplier<String> task) {
    try {
      return control
          .submit(() -> {
            StringBuilder last = new StringBuilder();
            String lines = server.complaints().told(() -> last.append(task.get()));
            return lines + last;
          })
          .get();
    } catch (RejectedExecutionException e) {
      return "the server ends\n";
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
