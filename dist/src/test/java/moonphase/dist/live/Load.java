package moonphase.dist.live;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * Clients that ask without a pause on connections that they keep, and judge each answer.
 *
 * <p>Threads: one a client; the results are for any.
 */
final class Load implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path socket;
  private final List<String> targets;
  private final BiFunction<String, String, String> judge;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
  private final AtomicLong longestGap = new AtomicLong();
  private volatile boolean ended;

  /**
   * Starts.
   *
   * @param judge says by target and answer what is wrong, with an empty text for nothing
   */
  Load(Path socket, int count, List<String> targets, BiFunction<String, String, String> judge) {
    this.socket = socket;
    this.targets = targets;
    this.judge = judge;
    for (int i = 0; i < count; i++) {
      int first = i;
      clients.add(Thread.ofPlatform().daemon().name("client-" + i).start(() -> run(first)));
    }
  }

  private void run(int first) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    SocketChannel channel = null;
    int turn = first;
    try {
      while (!ended) {
        String target = targets.get(turn++ % targets.size());
        long begun = System.nanoTime();
        String answer = "";
        while (answer.isEmpty() && !ended) {
          channel = channel == null ? connect() : channel;
          answer = ask(channel, buffer, target);
          if (answer.isEmpty()
              || answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
            channel.close();
            channel = null;
            reconnects.incrementAndGet();
          }
        }
        if (!ended) {
          note(target, answer, begun);
        }
      }
    } catch (IOException | RuntimeException e) {
      failures.add("a client failed: " + e);
    }
  }

  private void note(String target, String answer, long begun) {
    long now = System.nanoTime();
    latencies.add(now - begun);
    answers.incrementAndGet();
    long gap = now - lastAnswer.getAndSet(now);
    longestGap.accumulateAndGet(gap, Math::max);
    String wrong = judge.apply(target, answer);
    if (!wrong.isEmpty()) {
      failures.add(target + ": " + wrong + " in " + answer.replace("\r\n", "|"));
    }
  }

  /** A server that is away for a moment refuses connections: a client tries again. */
  private SocketChannel connect() throws IOException {
    while (true) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
      } catch (IOException e) {
        channel.close();
        if (ended) {
          throw e;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** Returns the answer; empty if the connection was closed before its first byte. */
  private static String ask(SocketChannel channel, ByteBuffer buffer, String target)
      throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try {
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return ""; // closed while it was idle
    }
    StringBuilder answer = new StringBuilder();
    while (!isWhole(answer)) {
      buffer.clear();
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException e) {
        count = -1; // reset: the same for a client
      }
      if (count < 0) {
        return answer.isEmpty() ? "" : answer + "(cut)";
      }
      answer.append(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
    }
    return answer.toString();
  }

  private static boolean isWhole(StringBuilder answer) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    String head = answer.substring(0, end).toLowerCase(Locale.ROOT);
    if (head.contains("transfer-encoding: chunked")) {
      return answer.toString().endsWith("0\r\n\r\n");
    }
    int at = head.indexOf("content-length: ");
    int stop = head.indexOf("\r\n", at);
    String length = head.substring(at + 16, stop < 0 ? head.length() : stop);
    return answer.length() >= end + 4 + Integer.parseInt(length);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  long answers() {
    return answers.get();
  }

  /** How often a connection was closed, or said that it would be. */
  long reconnects() {
    return reconnects.get();
  }

  /** The longest time without any answer since the last call, in milliseconds. */
  long takeLongestGap() {
    return longestGap.getAndSet(0) / 1_000_000;
  }

  /** The times of all answers since the last call, sorted, in nanoseconds. */
  List<Long> takeLatencies() {
    List<Long> taken = new ArrayList<>();
    for (Long one = latencies.poll(); one != null; one = latencies.poll()) {
      taken.add(one);
    }
    taken.sort(null);
    return taken;
  }

  @Override
  public void close() {
    ended = true;
    for (Thread client : clients) {
      try {
        client.join(5_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
