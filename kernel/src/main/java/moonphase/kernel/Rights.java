package moonphase.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import moonphase.kernel.conf.Block;
import moonphase.kernel.conf.WorkerLimits;
import moonphase.kernel.system.Account;
import moonphase.kernel.system.Limits;
import moonphase.kernel.system.SystemException;
import moonphase.spi.ConfException;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/**
 * What the process may do: its limits, and the rights that it gives up once the sockets are bound
 * and the logs are open. One thread at a time.
 *
 * <p>Source: ngx_worker_process_init, ngx_create_paths.
 */
final class Rights {
  private final BiConsumer<LogLevel, String> lines;
  private @Nullable WorkerLimits limits;
  private int workers;

  /** Whom the process has become; null as long as it is what it was started as. */
  private @Nullable Account account;

  /**
   * Nothing is limited and nothing given up yet.
   *
   * @param lines takes lines for the log
   */
  Rights(BiConsumer<LogLevel, String> lines) {
    this.lines = lines;
  }

  /** Whether the process has less rights than it was started with. */
  boolean areGivenUp() {
    return account != null;
  }

  /**
   * Sets the limits that a configuration names, unless they are in force.
   *
   * @throws ConfException if the process must not serve
   */
  void limit(KernelGeneration generation) {
    WorkerLimits wanted = generation.cycle().configuration().process().limits();
    int count = generation.workers().size();
    if (!wanted.equals(limits) || count > workers) {
      limit(generation, wanted);
      limits = wanted;
      workers = count;
    }
  }

  /**
   * Becomes the user that a configuration names, once for the life of the process.
   *
   * @param logs the log files that are open
   * @param leaving run before that, for what nobody else may do
   * @throws ConfException if the process must not serve
   */
  void giveUp(KernelGeneration generation, Collection<Path> logs, Runnable leaving) {
    Account next = generation.cycle().configuration().process().user().orElse(null);
    if (next == null) {
      return;
    }
    if (account == null) {
      become(generation, next, logs, leaving);
    } else if (!next.equals(account)) {
      lines.accept(
          LogLevel.NOTICE,
          "the server stays user \"" + account.user() + "\" until it is started anew");
    }
  }

  private void become(
      KernelGeneration generation, Account next, Collection<Path> logs, Runnable leaving) {
    logs.forEach(log -> give(log, next));
    for (Path folder : folders(generation.cycle().configuration().main())) {
      create(folder);
      give(folder, next);
    }
    leaving.run();
    try {
      next.become();
    } catch (SystemException e) {
      throw new ConfException(String.valueOf(e.getMessage()), e);
    }
    account = next;
  }

  private static Set<Path> folders(Block block) {
    Set<Path> all = new LinkedHashSet<>();
    all.add(block.core().clientBodyTempPath());
    block.children().forEach(child -> all.addAll(folders(child)));
    return all;
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ConfException(
          "mkdir() \"" + FilePath.name(folder) + "\" failed (" + Errno.of(e) + ")", e);
    }
  }

  private void give(Path path, Account next) {
    try {
      if (Files.isRegularFile(path) || Files.isDirectory(path)) {
        Files.setAttribute(path, "unix:uid", next.uid());
      }
    } catch (IOException e) {
      lines.accept(
          LogLevel.ALERT,
          "chown(\""
              + FilePath.name(path)
              + "\", "
              + next.uid()
              + ") failed ("
              + Errno.of(e)
              + ")");
    }
  }

  private void limit(KernelGeneration generation, WorkerLimits wanted) {
    wanted.openFiles().ifPresent(count -> attempt(() -> Limits.openFiles(count)));
    wanted.coreBytes().ifPresent(bytes -> attempt(() -> Limits.core(bytes)));
    for (Worker worker : generation.workers()) {
      wanted.priority().ifPresent(nice -> attempt(() -> Limits.priority(worker.threadId(), nice)));
      BitSet processors = wanted.affinity().of(worker.index());
      if (!processors.isEmpty()) {
        processors.stream()
            .forEach(number ->
                lines.accept(LogLevel.NOTICE, "sched_setaffinity(): using cpu #" + number));
        attempt(() -> Limits.processors(worker.threadId(), processors));
      }
    }
    for (Path folder : wanted.folder()) {
      try {
        Limits.workingDirectory(folder);
      } catch (SystemException e) {
        throw new ConfException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private interface Step {
    void run() throws SystemException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (SystemException e) {
      lines.accept(LogLevel.ALERT, String.valueOf(e.getMessage()));
    }
  }
}
