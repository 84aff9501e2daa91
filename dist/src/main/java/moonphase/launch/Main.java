package moonphase.launch;

import java.io.IOException;
import java.util.Hashtable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.Reporter;

/**
 * The JVM's entry: starts the framework, tells the kernel what the command line said, and ends the
 * JVM when the kernel says so.
 *
 * <p>Threads: {@link #main} waits on the main thread from start to end; the kernel reports from any
 * thread; words of the master arrive on a thread of {@link Control}.
 */
public final class Main {
  /** How long bundles may take to stop before the JVM ends without them. */
  private static final long STOP_MILLIS = 5_000;

  private Main() {}

  /**
   * Runs the server until it ends; does not return.
   *
   * @param args none: everything is told by system properties named {@code moonphase.*}
   */
  public static void main(String[] args) {
    System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LogProvider.class.getName());
    System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
    CommandLine command = CommandLine.ofSystemProperties();
    Master master = new Master(command);
    Caller caller = Caller.of(command);
    Outcome outcome = new Outcome(caller, master);
    Framework framework = null;
    try {
      framework = start(command, outcome, master);
    } catch (BundleException | IOException e) {
      caller.error("nginx: [emerg] the framework does not start: " + e.getMessage());
      outcome.accept("exit", "1");
    }
    int status = outcome.await();
    if (command.test().isEmpty()) {
      stop(framework); // after a test nothing has served that would have to end
    }
    command.shell().ifPresent(Shell::remove);
    master.ending(status);
    caller.exit(status);
    Runtime.getRuntime().halt(status);
  }

  private static Framework start(CommandLine command, Outcome outcome, Master master)
      throws BundleException, IOException {
    Framework framework = Container.create(command);
    framework.init();
    BundleContext context = framework.getBundleContext();
    var launcher = new Hashtable<String, Object>();
    launcher.put("moonphase.launcher", Boolean.TRUE);
    context.registerService(BiConsumer.class, outcome, launcher);
    context.addFrameworkListener(event -> tell(event, outcome));
    Container.install(context, command);
    DeployFolder deploy = new DeployFolder(context, command);
    deploy.scan();
    Control control = new Control(context, outcome, master);
    if (command.hasMaster()) {
      control.listen();
    }
    framework.start();
    if (!Container.isKernelActive(context)) {
      throw new BundleException("the bundle moonphase.kernel is not active");
    }
    outcome.whenServing("deploy", deploy::watch);
    command.shell().ifPresent(path -> outcome.whenServing("shell", new Shell(context, path)));
    command
        .rehearsal()
        .ifPresent(path -> outcome.whenServing("rehearsal", new Rehearsal(path, control::hear)));
    return framework;
  }

  private static void tell(FrameworkEvent event, Outcome outcome) {
    if (event.getType() == FrameworkEvent.ERROR) {
      String cause = event.getThrowable() == null ? "" : ": " + event.getThrowable().getMessage();
      outcome.alert("bundle " + event.getBundle().getSymbolicName() + " failed" + cause);
    }
  }

  private static void stop(@Nullable Framework framework) {
    if (framework == null || !Container.hasGuests(framework.getBundleContext())) {
      return; // the kernel has ended, and none of our own bundles has anything left to do
    }
    try {
      framework.stop();
      framework.waitForStop(STOP_MILLIS);
    } catch (BundleException e) {
      ErrorLine.write("alert", "the framework does not stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
