package moonphase.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One thing that a light thread waits for. Worker thread only.
 *
 * <p>Made by {@link LuaRun#await}; whoever brings the result calls {@link #wake} once. Waking a
 * thread that was killed, or whose request is over, has no effect.
 */
public final class LuaWait {
  private final LuaCoroutine coroutine;
  private @Nullable Runnable cancel;
  private Varargs values = LuaValue.NONE;
  private boolean isAsleep;
  private boolean isOver;
  private boolean isForSubrequests;

  LuaWait(LuaCoroutine coroutine) {
    this.coroutine = coroutine;
  }

  /** What is to be called off if the thread ends before it is woken. */
  public void onCancel(Runnable cancel) {
    this.cancel = cancel;
  }

  /** Notes that what is waited for are subrequests, so that the thread cannot be killed. */
  public void forSubrequests() {
    isForSubrequests = true;
  }

  boolean isForSubrequests() {
    return isForSubrequests;
  }

  /** Whether it was woken or called off. */
  public boolean isOver() {
    return isOver;
  }

  /**
   * Goes on with the waiting thread.
   *
   * @param results what the function that waits returns to Lua
   */
  public void wake(Varargs results) {
    if (isOver) {
      return;
    }
    isOver = true;
    values = results;
    if (isAsleep) {
      coroutine.run().woken(coroutine);
    }
  }

  /** Waits unless the result is there. */
  Varargs sleep() {
    if (!isOver) {
      isAsleep = true;
      coroutine.sleep(this);
    }
    return values;
  }

  void cancel() {
    if (!isOver) {
      isOver = true;
      if (cancel != null) {
        cancel.run();
      }
    }
  }
}
