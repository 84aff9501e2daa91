package org.luaj.vm2;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What a VM's scripts may use up before they are stopped by a {@link ScriptStopped} no script can
 * catch.
 *
 * <p>Threads: {@link #stop} any thread; everything else the thread that runs the VM. The
 * interpreter counts backward jumps and calls, libraries what they do in loops; every {@link
 * #SLICE} steps the limits are looked at. A {@link Hook} may make it look at every step.
 */
public final class Budget {
  /** Steps between two looks. */
  static final int SLICE = 4096;

  private static final int MANY_BYTES = 1 << 16;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private volatile String stopReason;
  private long stepsLeft = Long.MAX_VALUE;
  private long cpuDeadlineNanos = Long.MAX_VALUE;
  private long allocationLimit = Long.MAX_VALUE;

  /** Steps until the next look; counted down by the interpreter too. */
  int ticks = SLICE;

  /** Steps between two looks; 0 where a hook wants all: then ticks stay below zero. */
  private int slice = SLICE;

  private Runnable observer;

  /** Steps until the limits are looked at, while every step looks. */
  private int untilLimits;

  Budget() {}

  /** Stops the script at its next look, with a reason for the log. */
  public void stop(String reason) {
    stopReason = reason;
  }

  /** Limits the steps from now on; Long.MAX_VALUE for no limit. */
  public void limitSteps(long steps) {
    stepsLeft = steps;
  }

  /**
   * Limits the CPU time of this thread from now on, in nanoseconds; Long.MAX_VALUE for no limit.
   */
  public void limitCpuNanos(long nanos) {
    cpuDeadlineNanos = nanos == Long.MAX_VALUE ? nanos : THREADS.getCurrentThreadCpuTime() + nanos;
  }

  /**
   * Limits what this thread allocates from now on, in bytes; Long.MAX_VALUE for no limit. What a
   * script holds cannot be more than what it allocated: the one bound on a VM's growth that a JVM
   * knows. Needs {@code com.sun.management}; not for virtual threads, whose allocation is not
   * counted.
   */
  public void limitAllocation(long bytes) {
    allocationLimit = bytes == Long.MAX_VALUE ? bytes : Allocation.ofThread() + bytes;
  }

  /** Withdraws all limits and a stop that was asked for. */
  public void lift() {
    stopReason = null;
    stepsLeft = Long.MAX_VALUE;
    cpuDeadlineNanos = Long.MAX_VALUE;
    allocationLimit = Long.MAX_VALUE;
  }

  /**
   * Sets how often is looked, for a hook.
   *
   * @param steps steps between two looks, 0 for every step
   * @param observer what is run at each look; null for nothing
   */
  void observe(int steps, Runnable observer) {
    this.observer = observer;
    slice = steps;
    ticks = steps - 1;
    untilLimits = SLICE;
  }

  /** Counts one step of a library's loop; cheap. */
  public void step() {
    if (--ticks < 0) {
      ticks = look();
    }
  }

  /** Counts many steps of a library at once. */
  public void steps(int count) {
    if (slice == 0) {
      untilLimits -= count;
      ticks = look();
      return;
    }
    ticks -= count;
    while (ticks < 0) {
      ticks += look();
    }
  }

  /** Counts the copying or reading of many bytes, which takes long where they are millions. */
  public void copied(long bytes) {
    if (bytes >= MANY_BYTES) {
      steps((int) (bytes >> 6));
    }
  }

  /** Looks at the limits; answers how many steps may pass until the next look. */
  int look() {
    if (slice > 0) {
      spend(slice);
    } else if (--untilLimits < 0) {
      int passed = SLICE - untilLimits;
      untilLimits = SLICE;
      spend(passed);
    }
    if (observer != null) {
      observer.run();
    }
    return slice > 0 ? slice : -1;
  }

  private void spend(int steps) {
    String reason = stopReason;
    if (reason != null) {
      throw new ScriptStopped(reason);
    }
    stepsLeft -= stepsLeft == Long.MAX_VALUE ? 0 : steps;
    if (stepsLeft < 0) {
      throw new ScriptStopped("script used up its steps");
    }
    if (cpuDeadlineNanos != Long.MAX_VALUE
        && THREADS.getCurrentThreadCpuTime() > cpuDeadlineNanos) {
      throw new ScriptStopped("script used up its CPU time");
    }
    if (allocationLimit != Long.MAX_VALUE && Allocation.ofThread() > allocationLimit) {
      throw new ScriptStopped("script used up its memory");
    }
  }

  /** Loaded with the first limit on allocation, for not every JVM has these counters. */
  private static final class Allocation {
    private static final com.sun.management.ThreadMXBean COUNTERS =
        (com.sun.management.ThreadMXBean) THREADS;

    static long ofThread() {
      return COUNTERS.getCurrentThreadAllocatedBytes();
    }
  }
}
