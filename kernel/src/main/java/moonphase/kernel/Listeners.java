package moonphase.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import moonphase.kernel.conf.Listen;
import moonphase.spi.ConfException;
import moonphase.spi.ErrorLog;
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
   * @throws ConfException in nginx's words
   */
  void serve(KernelGeneration generation, List<Listen> listens, ErrorLog log) {
    List<String> added = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    try {
      for (int i = 0; i < listens.size(); i++) {
        ListenAddress address = listens.get(i).address();
        Arrival arrival = new Arrival(generation, i);
        arrivals.add(arrival);
        if (!bound.containsKey(address.text())) {
          bound.put(address.text(), bind(address, generation, arrival, log));
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
        listener.handler(arrivals.get(i));
      }
    }
    for (String text : List.copyOf(bound.keySet())) {
      if (!wanted.contains(text)) {
        close(text);
      }
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
      ListenAddress address, KernelGeneration generation, Arrival arrival, ErrorLog log) {
    String failure = "";
    for (int i = 0; i < TRIES; i++) {
      try {
        return transport.bind(address, generation.workers(), arrival);
      } catch (IOException e) {
        failure = "bind() to " + address.text() + " failed (" + reason(e) + ")";
        if (!failure.contains("(98:")) {
          break;
        }
        if (i < TRIES - 1) {
          log.log(LogLevel.EMERG, failure);
          pause();
        }
      }
    }
    throw new ConfException(failure);
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
