package moonphase.kernel.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import moonphase.kernel.conf.WorkerLimits.Affinity;
import org.junit.jupiter.api.Test;

class WorkerLimitsTest {
  private static BitSet set(int... processors) {
    BitSet set = new BitSet();
    for (int processor : processors) {
      set.set(processor);
    }
    return set;
  }

  @Test
  void lastMask_isForAllThatFollow() {
    Affinity affinity = new Affinity(List.of(set(0), set(1, 3)), false);
    assertEquals(set(0), affinity.of(0));
    assertEquals(set(1, 3), affinity.of(1));
    assertEquals(set(1, 3), affinity.of(7));
  }

  @Test
  void auto_givesEachWorkerOneProcessorInTurn() {
    Affinity affinity = new Affinity(List.of(set(1, 4)), true);
    assertEquals(set(1), affinity.of(0));
    assertEquals(set(4), affinity.of(1));
    assertEquals(set(1), affinity.of(2));
  }

  @Test
  void noMask_leavesTheChoiceToTheSystem() {
    assertTrue(Affinity.NONE.of(0).isEmpty());
    assertTrue(new Affinity(List.of(set()), true).of(0).isEmpty());
  }
}
