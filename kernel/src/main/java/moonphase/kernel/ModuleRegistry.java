package moonphase.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * The modules, handlers, filters and listeners that are services of the framework, those of higher
 * ranking first, then the older ones.
 *
 * <p>A bundle's services leave together, with the first of them. A module is complete when each of
 * its parts is there: a location must not be served by half of an access module.
 *
 * <p>Threads: events come from any thread; the maps are concurrent, and what follows from them is
 * computed from a copy. Whoever stops a bundle waits in {@link Follower#going}.
 */
final class ModuleRegistry implements ServiceListener, BundleListener {
  private static final String INTERFACES =
      "(|(objectClass=moonphase.spi.HttpModule)(objectClass=moonphase.spi.PhaseHandler)"
          + "(objectClass=moonphase.spi.BlockingPhaseHandler)"
          + "(objectClass=moonphase.spi.HeaderFilter)(objectClass=moonphase.spi.BodyFilter)"
          + "(objectClass=moonphase.spi.GenerationListener))";

  private final BundleContext context;
  private final Follower follower;
  private final Absences absences;
  private final DeclaredComponents declared;
  private final ConcurrentMap<ServiceReference<?>, Plugin> plugins =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /** Who is told of changes. */
  interface Follower {
    /**
     * Something came, or is not expected any more. Any thread; does not block.
     *
     * @param isWhole whether all of its bundle is there
     */
    void came(boolean isWhole);

    /** Services leave as soon as this returns. Any thread; may block. */
    void going(Going going);
  }

  /**
   * What the registry holds at one moment.
   *
   * @param offer what can be served
   * @param complaints what cannot be served and why, one line each
   */
  record Snapshot(Offer offer, List<String> complaints) {}

  /** A registry that is not listening yet. */
  ModuleRegistry(BundleContext context, Follower follower) {
    this.context = context;
    this.follower = follower;
    this.absences = new Absences();
    this.declared = new DeclaredComponents(context);
  }

  /** Takes what is there and listens to what comes. */
  void open() {
    try {
      context.addBundleListener(this);
      context.addServiceListener(this, INTERFACES);
      ServiceReference<?>[] present = context.getServiceReferences((String) null, INTERFACES);
      for (ServiceReference<?> reference : present == null ? new ServiceReference<?>[0] : present) {
        add(reference);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Listens no more. */
  void close() {
    context.removeServiceListener(this);
    context.removeBundleListener(this);
    plugins.keySet().forEach(context::ungetService);
    declared.close();
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    ServiceReference<?> reference = event.getServiceReference();
    switch (event.getType()) {
      case ServiceEvent.REGISTERED, ServiceEvent.MODIFIED -> {
        add(reference);
        follower.came(false);
      }
      case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> remove(reference);
      default -> throw new IllegalStateException("an event of type " + event.getType());
    }
  }

  /** Comes after the bundle's services: it is told to those first that register them. */
  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    switch (event.getType()) {
      case BundleEvent.STARTED -> {
        if (bundle.getState() == Bundle.ACTIVE) {
          declared.started(bundle);
          absences.started(bundle);
          follower.came(true);
        }
      }
      case BundleEvent.UNINSTALLED, BundleEvent.STOPPED -> {
        declared.stopped(bundle);
        if (!Absences.returns(bundle) && absences.stoppedForGood(bundle)) {
          follower.came(true);
        }
      }
      default -> {}
    }
  }

  private void add(ServiceReference<?> reference) {
    Object service = context.getService(reference);
    if (service == null) {
      return; // gone again, or its component cannot be activated, which is a part that is missing
    }
    Plugin plugin = plugin(reference, service);
    plugins.put(reference, plugin);
    absences.came(reference.getBundle(), plugin);
  }

  private void remove(ServiceReference<?> reference) {
    if (!plugins.containsKey(reference)) {
      return; // left with an earlier one of its bundle
    }
    Bundle bundle = reference.getBundle();
    Map<String, Reach> reach = Reach.table(plugins.values());
    List<Plugin> gone = new ArrayList<>();
    List<ServiceReference<?>> references = new ArrayList<>();
    for (Map.Entry<ServiceReference<?>, Plugin> entry : plugins.entrySet()) {
      boolean isOfBundle =
          bundle != null
              && bundle.equals(entry.getKey().getBundle())
              && bundle.getState() == Bundle.STOPPING;
      if (isOfBundle || entry.getKey().equals(reference)) {
        gone.add(entry.getValue());
        references.add(entry.getKey());
      }
    }
    if (bundle != null) {
      absences.leave(bundle, gone, reach);
    }
    references.forEach(plugins::remove);
    follower.going(Going.of(gone));
    references.forEach(context::ungetService);
  }

  private static Plugin plugin(ServiceReference<?> reference, Object service) {
    Object phase = reference.getProperty("phase");
    Object module = reference.getProperty("module");
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    return new Plugin(
        service,
        phase == null ? Optional.empty() : phaseOf(phase.toString()),
        module != null
            ? module.toString()
            : service instanceof HttpModule named ? named.name() : "",
        ranking instanceof Integer number ? number : 0,
        reference.getBundle() == null ? "" : reference.getBundle().getSymbolicName());
  }

  private static Optional<Phase> phaseOf(String name) {
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(name)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  /** What can be served now, and why the rest cannot. */
  Snapshot snapshot() {
    Map<ServiceReference<?>, Plugin> now = new LinkedHashMap<>(plugins);
    List<String> complaints = new ArrayList<>();
    now.keySet().removeIf(reference -> isStarting(reference.getBundle()));
    Collection<Plugin> all = Collections.unmodifiableCollection(now.values());
    List<Closing> closings = new ArrayList<>(absences.closings());
    closings.addAll(declared.missing(now, complaints));
    Set<String> incomplete = new HashSet<>();
    for (Closing closing : closings) {
      incomplete.addAll(closing.reach().names());
      complaints.add(closing.reason());
    }
    List<Plugin> served = new ArrayList<>();
    for (Plugin plugin : all) {
      String complaint = plugin.complaint();
      if (!complaint.isEmpty()) {
        complaints.add(
            plugin.service().getClass().getName()
                + " of bundle "
                + plugin.origin()
                + " is not served: "
                + complaint);
      } else if (!incomplete.contains(plugin.module())) {
        served.add(plugin);
      }
    }
    return new Snapshot(
        new Offer(List.copyOf(served), Offer.listeners(all), List.copyOf(closings)),
        List.copyOf(complaints));
  }

  private static boolean isStarting(@org.jspecify.annotations.Nullable Bundle bundle) {
    return bundle == null || bundle.getState() == Bundle.STARTING;
  }
}
