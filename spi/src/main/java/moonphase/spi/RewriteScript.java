package moonphase.spi;

import java.util.ArrayList;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rewrite steps of one block in the order they were written. Immutable; not inherited.
 *
 * @param instructions the steps
 */
@ProviderType
public record RewriteScript(List<RewriteInstruction> instructions) implements Conf<RewriteScript> {
  /** The script of a block. */
  public static final ConfKey<RewriteScript> KEY =
      new ConfKey<>("rewrite", new RewriteScript(List.of()));

  /** This script with one step more. */
  public RewriteScript with(RewriteInstruction instruction) {
    List<RewriteInstruction> all = new ArrayList<>(instructions);
    all.add(instruction);
    return new RewriteScript(List.copyOf(all));
  }

  /** Runs the steps; OK if the last one was passed. Worker thread. */
  public Verdict run(Exchange exchange) {
    for (RewriteInstruction instruction : instructions) {
      Verdict verdict = instruction.execute(exchange);
      if (verdict != Verdict.OK) {
        return verdict;
      }
    }
    return Verdict.OK;
  }

  @Override
  public RewriteScript inherit(RewriteScript outer) {
    return this;
  }
}
