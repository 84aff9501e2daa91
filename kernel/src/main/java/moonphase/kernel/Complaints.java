package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import moonphase.spi.ConfException;
import moonphase.spi.ErrorLog;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Says what nginx says of a start, a reload and the process: to the log of what serves, to the
 * terminal as long as nothing does, to a shell that asked. The control thread's, but for {@link
 * #log} and {@link #note}.
 */
final class Complaints {
  private static final String GIVEN_UP =
      "the server has given up the rights it was started with, as \"user\" demands; what needs them"
          + " needs a new start";

  private final Settings settings;
  private final Generations generations;
  private final ConfLoader loader;
  private final BooleanSupplier areRightsGivenUp;

  /** What a shell is told besides the log; null unless it asked. */
  private @Nullable List<String> told;

  Complaints(
      Settings settings,
      Generations generations,
      ConfLoader loader,
      BooleanSupplier areRightsGivenUp) {
    this.settings = settings;
    this.generations = generations;
    this.loader = loader;
    this.areRightsGivenUp = areRightsGivenUp;
  }

  /** The log of what serves, or the one that {@code -e} names; empty before the first reading. */
  Optional<ErrorLog> log() {
    return generations
        .current()
        .map(KernelGeneration::log)
        .or(() -> loader.firstLog().map(ErrorLog.class::cast));
  }

  /** Writes a line about the process, if something serves. */
  void note(String text) {
    generations.current().ifPresent(serving -> serving.log().log(LogLevel.NOTICE, text));
  }

  /** Writes a line of a start or reload. */
  void complain(LogLevel level, String message) {
    complain(log(), level, message);
  }

  /** Writes a line of a start or reload to a log that does not serve yet. */
  void complain(Optional<ErrorLog> log, LogLevel level, String message) {
    log.ifPresent(known -> known.log(level, message));
    if (level.compareTo(LogLevel.WARN) > 0) {
      return;
    }
    String line = "nginx: [" + level.tag() + "] " + message;
    if (told != null) {
      told.add(line);
    }
    if (generations.current().isEmpty() && !settings.errorLog().equals("stderr")) {
      settings.stderr().accept(line);
    }
  }

  /**
   * Says why a configuration is not taken over.
   *
   * @return what to throw
   */
  ConfException refused(Optional<ErrorLog> log, Throwable failure) {
    if (failure instanceof ConfException known) {
      String message = String.valueOf(known.getMessage());
      complain(log, LogLevel.EMERG, message);
      if (areRightsGivenUp.getAsBoolean() && message.contains("(13: ")) {
        complain(log, LogLevel.NOTICE, GIVEN_UP);
      }
      return known;
    }
    String message = "the configuration cannot be taken over because of a bug";
    complain(log, LogLevel.EMERG, message);
    log.ifPresent(known -> known.log(LogLevel.ALERT, "the bug is", failure));
    return new ConfException(message, failure);
  }

  /**
   * What a terminal would show of a start, reload or check.
   *
   * @param task it; whether it fails is for it to say
   */
  String told(Runnable task) {
    List<String> lines = new ArrayList<>();
    told = lines;
    try {
      task.run();
    } finally {
      told = null;
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
