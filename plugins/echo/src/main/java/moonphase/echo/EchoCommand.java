package moonphase.echo;

import moonphase.spi.Verdict;

/** One step of an answer, as one directive wrote it. Immutable. */
@FunctionalInterface
interface EchoCommand {
  /**
   * Takes the step. Worker thread.
   *
   * @return OK: the next step follows; SUSPENDED: it follows when what the run waits for has
   *     happened; anything else ends the request
   */
  Verdict run(EchoRun run);
}
