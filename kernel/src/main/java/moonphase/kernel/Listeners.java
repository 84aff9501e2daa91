package moonphase.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import moonphase.kernel.conf.Listen;
import moonphase.spi.ConfException;
import moonphase.spi.ListenAddress;
import moonphase.spi.LogLevel;
import moonphase.spi.Transport;

/** The sockets that the server listens on. One thread at a time; blocks until bound. */
final class Listeners {
  private static final int TRIES = 5;
  private static final long WAIT_MILLIS = 500;

  private final Transport transport;
  private final Map<String, Transport.Listener> bound = new HashMap<>();

  Listeners(Transport transport) {
    this.transport = transport;
  }

  /**
   * Binds what a generation listens on and is not bound yet, hands its requests to it, and closes
   * what it does not listen on. If something cannot be bound, all is as before.
   *
   * @param lines takes what is to be logged meanwhile
   * @throws ConfException in nginx's words
   */
  void serve(
      KernelGeneration generation, List<Listen> listens, BiConsumer<LogLevel, String> lines) {
    List<String> added = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    try {
      for (int i = 0; i < listens.size(); i++) {
        ListenAddress address = listens.get(i).address();
        Arrival arrival = new Arrival(generation, i);
        arrivals.add(arrival);
        if (!bound.containsKey(address.text())) {
          bound.put(address.text(), bind(address, generation, arrival, lines));
          added.add(address.text());
        }
      }
    } catch (ConfException e) {
      added.forEach(this::close);
      throw e;
    }
    Set<String> wanted = new HashSet<>();
    for (int i = 0; i < listens.size(); i++) {
      String text = listens.get(i).address().text();
      wanted.add(text);
      Transport.Listener listener = bound.get(text);
      if (listener != null && !added.contains(text)) {
        ListenAddress next = listens.get(i).address();
        notePending(listener.address(), next, lines);
        listener.reconfigure(next, generation.workers(), arrivals.get(i));
      }
    }
    for (String text : List.copyOf(bound.keySet())) {
      if (!wanted.contains(text)) {
        close(text);
      }
    }
  }

  /** What a socket was bound with stays with it. */
  private static void notePending(
      ListenAddress bound, ListenAddress next, BiConsumer<LogLevel, String> lines) {
    if (bound.isReusePort() != next.isReusePort() || bound.isIpv6Only() != next.isIpv6Only()) {
      lines.accept(
          LogLevel.NOTICE,
          "\"reuseport\" and \"ipv6only\" of "
              + next.text()
              + " stay as they are until the server is started anew");
    }
  }

  private void close(String text) {
    Transport.Listener listener = bound.remove(text);
    if (listener != null) {
      listener.close();
    }
  }

  /** Source: ngx_open_listening_sockets. */
  private Transport.Listener bind(
      ListenAddress address,
      KernelGeneration generation,
      Arrival arrival,
      BiConsumer<LogLevel, String> lines) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return transport.bind(address, generation.workers(), arrival);
      } catch (IOException e) {
        String failure = "bind() to " + address.text() + " failed (" + reason(e) + ")";
        if (!failure.contains("(98:")) {
          throw new ConfException(failure, e);
        }
        lines.accept(LogLevel.EMERG, failure);
        lines.accept(LogLevel.NOTICE, "try again to bind() after " + WAIT_MILLIS + "ms");
        pause();
      }
    }
    throw new ConfException("still could not bind()");
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("address already in use")) {
      return "98: Address already in use";
    }
    if (lower.contains("permission denied")) {
      return "13: Permission denied";
    }
    if (lower.contains("cannot assign requested address")) {
      return "99: Cannot assign requested address";
    }
    return text;
  }

  /** Accepts nothing more; open connections live on, idle ones are closed. */
  void close() {
    bound.values().forEach(Transport.Listener::close);
    bound.clear();
  }
}
