package moonphase.kernel;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/**
 * Bundles for this server that are to be started and are not, since their start failed or something
 * that they need is not installed. Any thread.
 */
final class IdleBundles implements FrameworkListener {
  private final BundleContext context;

  /** What the framework said of the last failure of a bundle, by its number. */
  private final Map<Long, String> reasons = new ConcurrentHashMap<>();

  IdleBundles(BundleContext context) {
    this.context = context;
  }

  /** Follows the framework's failures; who starts a bundle is told of its failure himself. */
  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
      reasons.put(event.getBundle().getBundleId(), String.valueOf(event.getThrowable()));
    }
  }

  /** A line for each. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if ((bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0
          && isOurs(bundle.getHeaders())
          && Absences.returns(bundle)) {
        lines.add(
            "bundle "
                + bundle.getSymbolicName()
                + " is not started: "
                + reasons.getOrDefault(bundle.getBundleId(), "who started it was told why"));
      }
    }
    return lines;
  }

  private static boolean isOurs(Dictionary<String, String> headers) {
    return headers.get(Constants.FRAGMENT_HOST) == null
        && (String.valueOf(headers.get(Constants.IMPORT_PACKAGE)).contains("moonphase.")
            || String.valueOf(headers.get(Constants.REQUIRE_CAPABILITY)).contains("moonphase."));
  }
}
