package moonphase.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The Gogo shell on a Unix socket that only the server's user can open, when {@code
 * -Dmoonphase.shell=PATH} asks for one; never on a network. Each line is a command; its result is
 * printed. {@code moonphase shell PATH} is the other end.
 *
 * <p>Threads: one accepts, each connection has its own. Gogo's classes live in its bundle, so they
 * are reached by reflection.
 */
final class Shell implements Runnable {
  private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";

  private final BundleContext context;
  private final Path path;

  Shell(BundleContext context, Path path) {
    this.context = context;
    this.path = path;
  }

  /** Accepts connections until the JVM ends; blocks. */
  @Override
  public void run() {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Files.deleteIfExists(path);
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().name("shell").start(() -> talk(client));
      }
    } catch (IOException e) {
      ErrorLine.write("alert", "no shell at \"" + path + "\": " + e.getMessage());
    }
  }

  /** Removes the socket; for the end of the JVM. */
  static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      ErrorLine.write("alert", "unlink() \"" + path + "\" failed: " + e.getMessage());
    }
  }

  /** The socket's mode keeps others out; this holds while the mode is not yet set, too. */
  private static boolean isOurUser(SocketChannel client) throws IOException {
    String peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    return peer.equals(System.getProperty("user.name")) || peer.equals("root");
  }

  private void talk(SocketChannel client) {
    try (client) {
      if (!isOurUser(client)) {
        return;
      }
      InputStream in = Channels.newInputStream(client);
      PrintStream out =
          new PrintStream(Channels.newOutputStream(client), true, StandardCharsets.UTF_8);
      Object session = session(out);
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        execute(session, line, out);
      }
      method(session, "close").invoke(session);
    } catch (IOException | ReflectiveOperationException e) {
      ErrorLine.write("error", "a shell session ended: " + e);
    }
  }

  private Object session(OutputStream out) throws ReflectiveOperationException {
    ServiceReference<?> reference = context.getServiceReference(PROCESSOR);
    Object processor = reference == null ? null : context.getService(reference);
    if (processor == null) {
      throw new IllegalStateException("Gogo is not running");
    }
    Method create =
        method(
            processor, "createSession", InputStream.class, OutputStream.class, OutputStream.class);
    return create.invoke(processor, InputStream.nullInputStream(), out, out);
  }

  private static void execute(Object session, String line, PrintStream out)
      throws ReflectiveOperationException {
    try {
      Object result = method(session, "execute", CharSequence.class).invoke(session, line);
      show(session, result, out);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      out.println(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
  }

  private static void show(Object session, @Nullable Object result, PrintStream out)
      throws ReflectiveOperationException {
    if (result != null) {
      int inspect = 0; // Converter.INSPECT
      Method format = method(session, "format", Object.class, int.class);
      out.println(format.invoke(session, result, inspect));
    }
  }

  private static Method method(Object target, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    for (Class<?> type : target.getClass().getInterfaces()) {
      try {
        return type.getMethod(name, parameters);
      } catch (NoSuchMethodException tryNext) {
        continue;
      }
    }
    return target.getClass().getMethod(name, parameters);
  }
}
