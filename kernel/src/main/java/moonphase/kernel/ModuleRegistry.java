package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * The modules, handlers, filters and listeners that are services of the framework.
 *
 * <p>A module is complete when its {@link HttpModule} is there and every handler and filter that
 * was ever registered beside it: a location must not be served by half of an access module.
 *
 * <p>Threads: events come from any thread; the map is concurrent, and what follows from it is
 * computed from a copy.
 */
final class ModuleRegistry implements ServiceListener {
  private static final String INTERFACES =
      "(|(objectClass=moonphase.spi.HttpModule)(objectClass=moonphase.spi.PhaseHandler)"
          + "(objectClass=moonphase.spi.BlockingPhaseHandler)"
          + "(objectClass=moonphase.spi.HeaderFilter)(objectClass=moonphase.spi.BodyFilter)"
          + "(objectClass=moonphase.spi.GenerationListener))";

  private final BundleContext context;
  private final Consumer<Optional<String>> changed;
  private final ConcurrentMap<ServiceReference<?>, Entry> entries = new ConcurrentSkipListMap<>();

  /** What each module was seen with, as long as anything of it is there. */
  private final ConcurrentMap<String, Set<String>> parts =
      new java.util.concurrent.ConcurrentHashMap<>();

  /** A service, and why it is not served; empty if it is. */
  private record Entry(Plugin plugin, String complaint) {}

  /** What the registry holds at one moment. */
  record Snapshot(List<Plugin> plugins, Map<String, String> complaints) {}

  /**
   * A registry that is not listening yet.
   *
   * @param changed told after a change: empty if something came, the module's name if a part of it
   *     goes; then the service stays until this returns
   */
  ModuleRegistry(BundleContext context, Consumer<Optional<String>> changed) {
    this.context = context;
    this.changed = changed;
  }

  /** Takes what is there and listens to what comes. */
  void open() {
    try {
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
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    ServiceReference<?> reference = event.getServiceReference();
    switch (event.getType()) {
      case ServiceEvent.REGISTERED, ServiceEvent.MODIFIED -> {
        add(reference);
        changed.accept(Optional.empty());
      }
      case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> remove(reference);
      default -> throw new IllegalStateException("an event of type " + event.getType());
    }
  }

  private void add(ServiceReference<?> reference) {
    Object service = context.getService(reference);
    if (service == null) {
      return; // gone again, or its component cannot be activated: the framework has logged why
    }
    Plugin plugin = plugin(reference, service);
    entries.put(reference, new Entry(plugin, plugin.complaint()));
    if (!plugin.module().isEmpty()) {
      parts
          .computeIfAbsent(
              plugin.module(), name -> java.util.concurrent.ConcurrentHashMap.newKeySet())
          .add(part(plugin));
    }
  }

  private void remove(ServiceReference<?> reference) {
    Entry entry = entries.remove(reference);
    if (entry == null) {
      return;
    }
    String module = entry.plugin.module();
    if (entries.values().stream().noneMatch(e -> e.plugin.module().equals(module))) {
      parts.remove(module);
    }
    changed.accept(Optional.of(module));
    context.ungetService(reference);
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

  /** Names a part of a module so that the same part is known again when it comes back. */
  private static String part(Plugin plugin) {
    return plugin.service().getClass().getName() + plugin.phase().map(p -> " in " + p).orElse("");
  }

  /** What can be served now, and why the rest cannot. */
  Snapshot snapshot() {
    Map<ServiceReference<?>, Entry> now = new TreeMap<>(entries);
    Map<String, Set<String>> present = new HashMap<>();
    Set<String> declared = new HashSet<>();
    now.values()
        .forEach(entry -> {
          Plugin plugin = entry.plugin;
          present.computeIfAbsent(plugin.module(), m -> new HashSet<>()).add(part(plugin));
          if (plugin.service() instanceof HttpModule) {
            declared.add(plugin.module());
          }
        });
    List<Plugin> plugins = new ArrayList<>();
    Map<String, String> complaints = new LinkedHashMap<>();
    for (Entry entry : now.values()) {
      String why = entry.complaint.isEmpty() ? missing(entry.plugin, present) : entry.complaint;
      if (why.isEmpty()) {
        plugins.add(entry.plugin);
      } else {
        complaints.put(part(entry.plugin), why);
      }
    }
    return new Snapshot(List.copyOf(plugins), complaints);
  }

  private String missing(Plugin plugin, Map<String, Set<String>> present) {
    Set<String> missing = new HashSet<>(parts.getOrDefault(plugin.module(), Set.of()));
    missing.removeAll(present.getOrDefault(plugin.module(), Set.of()));
    return missing.isEmpty()
        ? ""
        : "module \"" + plugin.module() + "\" lacks " + String.join(", ", missing);
  }
}
