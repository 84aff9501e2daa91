package org.luaj.vm2;

import java.util.concurrent.locks.LockSupport;

/**
 * A fiber on a virtual thread that runs in turn with its resumer: slow, and the same to scripts.
 *
 * <p>Threads: exactly one of the two runs at a time; the volatile field {@code turn} hands over.
 */
final class ThreadFiber extends Fiber {
  private final Runnable body;
  private volatile boolean turn;
  private volatile boolean done;
  private volatile Thread resumer;
  private Thread thread;
  private Globals vm;

  ThreadFiber(Runnable body) {
    this.body = body;
  }

  @Override
  void resume() {
    resumer = Thread.currentThread();
    vm = Globals.current();
    turn = true;
    if (thread == null) {
      thread = Thread.ofVirtual().unstarted(this::run);
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (turn) {
      LockSupport.park(this);
    }
  }

  private void run() {
    Globals.enter(vm);
    body.run();
    done = true;
    hand();
  }

  @Override
  void yield() {
    hand();
    while (!turn) {
      LockSupport.park(this);
    }
    Globals.enter(vm);
  }

  private void hand() {
    Thread next = resumer;
    turn = false;
    LockSupport.unpark(next);
  }

  @Override
  boolean isDone() {
    return done;
  }
}
