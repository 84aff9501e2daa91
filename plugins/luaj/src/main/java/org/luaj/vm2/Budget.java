package org.luaj.vm2;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What a VM's scripts may use up before they are stopped by a {@link ScriptStopped} no script can
 * catch.
 *
 * <p>Threads: {@link #stop} any thread; everything else the thread that runs the VM. The
 * interpreter counts backward jumps and calls, libraries what they do in loops; every {@link
 * #SLICE} steps the limits are looked at.
 */
public final class Budget {
  /** Steps between two looks. */
  static final int SLICE = 4096;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private volatile String stopReason;
  private long stepsLeft = Long.MAX_VALUE;
  private long cpuDeadlineNanos = Long.MAX_VALUE;

  /** Steps until the next look; counted down by the interpreter too. */
  int ticks = SLICE;

  private Runnable observer;

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

  /** Withdraws all limits and a stop that was asked for. */
  public void lift() {
    stopReason = null;
    stepsLeft = Long.MAX_VALUE;
    cpuDeadlineNanos = Long.MAX_VALUE;
  }

  /**
   * Sets what is run at each look, {@code debug.sethook} with a count for one; null for nothing.
   */
  public void observe(Runnable observer) {
    this.observer = observer;
  }

  /** Counts one step of a library's loop; cheap. */
  public void step() {
    if (--ticks < 0) {
      ticks = look();
    }
  }

  /** Counts many steps of a library at once. */
  public void steps(int count) {
    ticks -= count;
    while (ticks < 0) {
      ticks += look();
    }
  }

  /** Looks at the limits; answers how many steps may pass until the next look. */
  int look() {
    String reason = stopReason;
    if (reason != null) {
      throw new ScriptStopped(reason);
    }
    stepsLeft -= stepsLeft == Long.MAX_VALUE ? 0 : SLICE;
    if (stepsLeft < 0) {
      throw new ScriptStopped("script used up its steps");
    }
    if (cpuDeadlineNanos != Long.MAX_VALUE
        && THREADS.getCurrentThreadCpuTime() > cpuDeadlineNanos) {
      throw new ScriptStopped("script used up its CPU time");
    }
    if (observer != null) {
      observer.run();
    }
    return SLICE;
  }
}
