package moonphase.dist.osgi;

import java.util.Hashtable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle in the place of the launcher: takes the kernel's reports and keeps them, as lines {@code
 * WHAT TEXT}, in a queue that is a service with the property {@code reports=true}.
 */
public final class Reports implements BundleActivator {
  /** Made by the framework. */
  public Reports() {}

  @Override
  public void start(BundleContext context) {
    BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    BiConsumer<String, String> launcher = (what, text) -> reports.add(what + " " + text);
    var marked = new Hashtable<String, Object>();
    marked.put("moonphase.launcher", Boolean.TRUE);
    context.registerService(BiConsumer.class, launcher, marked);
    marked = new Hashtable<>();
    marked.put("reports", Boolean.TRUE);
    context.registerService(BlockingQueue.class, reports, marked);
  }

  @Override
  public void stop(BundleContext context) {}
}
