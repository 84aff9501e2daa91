package moonphase.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The master's words on standard input, one a line, handed to the kernel's service {@code Consumer}
 * with the property {@code moonphase.control=true}: stop, quit, reload, reopen, winch. The end of
 * the input is the end of the master, and of this JVM.
 *
 * <p>Threads: one reads; {@code stop} is handed over on it, so that nothing can stand before it,
 * other words in order on a second one, where the kernel may take its time.
 */
final class Control {
  /** After this time a server told to stop is gone, whatever holds it. */
  private static final long STOP_MILLIS = 2_000;

  private final Outcome outcome;
  private final Master master;
  private final ServiceTracker<Object, Object> kernel;
  private final ExecutorService words =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("control").factory());

  /** Words that came before the kernel could hear them. */
  private final List<String> early = new ArrayList<>();

  Control(BundleContext context, Outcome outcome, Master master) {
    this.outcome = outcome;
    this.master = master;
    this.kernel =
        new ServiceTracker<>(context, filter(), null) {
          @Override
          public Object addingService(ServiceReference<Object> reference) {
            Object service = super.addingService(reference);
            words.execute(() -> early(service));
            return service;
          }
        };
  }

  /** Starts to listen; returns at once. */
  void listen() {
    kernel.open();
    Thread.ofPlatform().daemon().name("master").start(this::read);
  }

  private void read() {
    var input = new InputStreamReader(System.in, StandardCharsets.US_ASCII);
    try (var lines = new BufferedReader(input)) {
      for (String word = lines.readLine(); word != null; word = lines.readLine()) {
        hear(word);
      }
    } catch (IOException e) {
      ErrorLine.write("alert", "the master cannot be heard: " + e.getMessage());
    }
    master.gone();
    Runtime.getRuntime().halt(1);
  }

  /** Does what the master's word says. Any thread. */
  void hear(String word) {
    if (word.equals("stop")) {
      Thread.ofPlatform().daemon().name("stop").start(this::insist);
    }
    Object service = kernel.getService();
    boolean ends = word.equals("stop") || word.equals("quit");
    if (ends && (service == null || !outcome.isServing())) {
      outcome.accept("exit", "0");
    } else if (word.equals("stop")) {
      tell(service, word);
    } else {
      words.execute(() -> tellOrKeep(word));
    }
  }

  private void insist() {
    try {
      Thread.sleep(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ErrorLine.write("alert", "still running " + STOP_MILLIS + " ms after stop, leaving at once");
    master.ending(0);
    Runtime.getRuntime().halt(0);
  }

  private void tellOrKeep(String word) {
    Object service = kernel.getService();
    if (service == null) {
      early.add(word);
    } else {
      tell(service, word);
    }
  }

  private void early(Object service) {
    List.copyOf(early).forEach(word -> tell(service, word));
    early.clear();
  }

  @SuppressWarnings("unchecked") // the service's contract
  private static void tell(Object service, String word) {
    ((Consumer<String>) service).accept(word);
  }

  private static Filter filter() {
    try {
      return FrameworkUtil.createFilter(
          "(&(objectClass=" + Consumer.class.getName() + ")(moonphase.control=true))");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
