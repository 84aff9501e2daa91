package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step of the script that {@code set}, {@code if}, {@code rewrite} and their kin make up.
 *
 * <p>A directive appends its step to {@link RewriteScript} by setting {@link RewriteScript#KEY};
 * the steps of a block run in the order in which they were written, whoever wrote them.
 */
@ConsumerType
@FunctionalInterface
public interface RewriteInstruction {
  /**
   * Runs the step. Worker thread; must not block, cannot suspend.
   *
   * @return OK: the next step follows; DECLINED: the script ends and the phase goes on; anything
   *     else is the verdict of the phase
   */
  Verdict execute(Exchange exchange);
}
