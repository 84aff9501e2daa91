package moonphase.lua;

import java.util.concurrent.locks.LockSupport;
import org.luaj.vm2.Globals;

/**
 * A fiber on a virtual thread that runs in turn with the event loop: slow, and the same to scripts.
 *
 * <p>Threads: exactly one of the two runs at a time; {@code isFibersTurn} hands over.
 */
final class VirtualThreadFiber extends RequestFiber {
  private final Thread thread;
  private volatile boolean isFibersTurn;
  private volatile boolean done;
  private volatile boolean abandoned;
  private volatile Thread resumer = Thread.currentThread();
  private Globals vm = Globals.current();
  private boolean started;

  /** Unwinds an abandoned body; no script can catch it. */
  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super(null, null, false, false);
    }
  }

  VirtualThreadFiber(Runnable body) {
    thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              Globals.enter(vm);
              try {
                body.run();
              } catch (Abandoned e) {
                return;
              }
              done = true;
              handBack();
            });
  }

  @Override
  void resume() {
    resumer = Thread.currentThread();
    vm = Globals.current();
    isFibersTurn = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
    while (isFibersTurn) {
      LockSupport.park(this);
    }
  }

  @Override
  void suspend() {
    handBack();
    while (!isFibersTurn && !abandoned) {
      LockSupport.park(this);
    }
    if (abandoned) {
      throw new Abandoned();
    }
    Globals.enter(vm);
  }

  @Override
  boolean isDone() {
    return done;
  }

  @Override
  void abandon() {
    abandoned = true;
    LockSupport.unpark(thread);
  }

  private void handBack() {
    Thread next = resumer;
    isFibersTurn = false;
    LockSupport.unpark(next);
  }
}
