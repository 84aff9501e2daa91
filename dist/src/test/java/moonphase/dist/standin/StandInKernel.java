package moonphase.dist.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Speaks the launcher's contract and nothing else. Its configuration may hold {@code bad}, which is
 * an {@code [emerg]}, and {@code pid PATH}. It writes the port it took to {@code logs/port}, and
 * answers each connection there with the words it has heard and how often, and the active bundles.
 */
public final class StandInKernel implements BundleActivator, Consumer<String> {
  private final ConcurrentMap<String, Integer> heard = new ConcurrentHashMap<>();
  private @Nullable BundleContext context;
  private @Nullable BiConsumer<String, String> launcher;
  private @Nullable ServerSocket socket;

  /** Made by the framework. */
  public StandInKernel() {}

  @Override
  public void start(BundleContext bundle) {
    context = bundle;
    bundle.addFrameworkListener(event -> {
      if (event.getType() == FrameworkEvent.STARTED) {
        Thread.ofPlatform().name("stand-in").start(this::run);
      }
    });
  }

  @Override
  public void stop(BundleContext bundle) throws IOException {
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void accept(String word) {
    heard.merge(word, 1, Integer::sum);
    if (word.equals("stop") || word.equals("quit")) {
      launcher().accept("exit", "0");
    }
  }

  @SuppressWarnings("unchecked") // the contract
  private BiConsumer<String, String> launcher() {
    try {
      BundleContext bundle = context();
      var references = bundle.getServiceReferences(BiConsumer.class, "(moonphase.launcher=true)");
      return (BiConsumer<String, String>) bundle.getService(references.iterator().next());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private BundleContext context() {
    if (context == null) {
      throw new IllegalStateException("not started");
    }
    return context;
  }

  private void run() {
    launcher = launcher();
    Path prefix = Path.of(context().getProperty("moonphase.prefix"));
    Path conf = prefix.resolve(context().getProperty("moonphase.conf"));
    try {
      String text = Files.readString(conf);
      if (text.contains("bad")) {
        launcher.accept("stderr", "nginx: [emerg] unknown directive \"bad\" in " + conf + ":1");
        launcher.accept("exit", "1");
      } else if (!context().getProperty("moonphase.test").isEmpty()) {
        launcher.accept("stdout", "# configuration file " + conf + ":");
        launcher.accept("stderr", "nginx: configuration file " + conf + " test is successful");
        launcher.accept("exit", "0");
      } else {
        serve(prefix, text);
      }
    } catch (IOException e) {
      if (socket == null || !socket.isClosed()) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Path prefix, String text) throws IOException {
    var properties = new Hashtable<String, Object>();
    properties.put("moonphase.control", Boolean.TRUE);
    context().registerService(Consumer.class, this, properties);
    int at = text.indexOf("pid ");
    String pid = at < 0 ? "logs/nginx.pid" : text.substring(at + 4, text.indexOf(';', at));
    launcher().accept("pid", prefix.resolve(pid).toString());
    try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      socket = server;
      Files.writeString(prefix.resolve("logs/port"), Integer.toString(server.getLocalPort()));
      launcher().accept("ready", "");
      while (!server.isClosed()) {
        answer(server);
      }
    }
  }

  private void answer(ServerSocket server) throws IOException {
    try (Socket client = server.accept()) {
      String answer = heard + " " + bundles();
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private String bundles() {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
        .map(bundle -> bundle.getSymbolicName() + "=" + bundle.getVersion())
        .toList()
        .toString();
  }
}
