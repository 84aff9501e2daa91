package moonphase.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The parts that started bundles declare as components and do not have, since something that they
 * need is not there or their constructor fails. Their modules are not complete.
 *
 * <p>Threads: any.
 */
final class DeclaredComponents {
  private static final String SPI = "moonphase.spi.";
  private static final Set<String> ACTING =
      Set.of(
          SPI + "PhaseHandler",
          SPI + "BlockingPhaseHandler",
          SPI + "HeaderFilter",
          SPI + "BodyFilter");

  private final ServiceTracker<ServiceComponentRuntime, ServiceComponentRuntime> runtimes;

  /** What else is a part of a module. */
  private static final Set<String> OTHERS = Set.of(SPI + "HttpModule", SPI + "GenerationListener");

  /** Bundles that have had the time to register what they can, and since when they lack parts. */
  private final Map<Long, Map<String, Long>> started = new ConcurrentHashMap<>();

  DeclaredComponents(BundleContext context) {
    runtimes = new ServiceTracker<>(context, ServiceComponentRuntime.class, null);
    runtimes.open();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.ACTIVE) {
        started(bundle);
      }
    }
  }

  void started(Bundle bundle) {
    started.put(bundle.getBundleId(), new ConcurrentHashMap<>());
  }

  void stopped(Bundle bundle) {
    started.remove(bundle.getBundleId());
  }

  /**
   * The modules that lack something.
   *
   * @param present what is there
   * @param complaints gets a line for each part that is missing and closes nothing
   */
  List<Closing> missing(Map<ServiceReference<?>, Plugin> present, Collection<String> complaints) {
    ServiceComponentRuntime runtime = runtimes.getService();
    List<Closing> closings = new ArrayList<>();
    if (runtime == null) {
      return closings;
    }
    Map<Long, Set<String>> known = new HashMap<>();
    present.forEach((reference, plugin) ->
        known
            .computeIfAbsent(reference.getBundle().getBundleId(), id -> new HashSet<>())
            .add(plugin.service().getClass().getName()));
    Collection<ComponentDescriptionDTO> components = runtime.getComponentDescriptionDTOs();
    Set<String> marked = marked(components);
    for (ComponentDescriptionDTO component : components) {
      Map<String, Long> since = started.get(component.bundle.id);
      if (since == null || !isOurs(component)) {
        continue;
      }
      boolean isMissing =
          !known.getOrDefault(component.bundle.id, Set.of()).contains(component.implementationClass)
              && runtime.isComponentEnabled(component)
              && !"require".equals(component.configurationPolicy);
      if (!isMissing) {
        since.remove(component.implementationClass);
        continue;
      }
      long when = since.computeIfAbsent(component.implementationClass, n -> System.nanoTime());
      String reason = reason(runtime, component);
      Reach reach = reach(component, present.values(), marked);
      if (reach == Reach.NOWHERE) {
        complaints.add(reason);
      } else {
        closings.add(new Closing(reach, when, reason));
      }
    }
    return closings;
  }

  private static boolean isOurs(ComponentDescriptionDTO component) {
    for (String type : component.serviceInterfaces) {
      if (ACTING.contains(type) || OTHERS.contains(type)) {
        return true;
      }
    }
    return false;
  }

  /** The modules whose directives a component declares. */
  private static Set<String> marked(Collection<ComponentDescriptionDTO> components) {
    Set<String> names = new HashSet<>();
    for (ComponentDescriptionDTO component : components) {
      Object module = component.properties.get("module");
      if (module != null && List.of(component.serviceInterfaces).contains(SPI + "HttpModule")) {
        names.add(module.toString());
      }
    }
    return names;
  }

  /** A handler that has never been there acts everywhere, unless its module has directives. */
  private static Reach reach(
      ComponentDescriptionDTO component, Collection<Plugin> present, Set<String> marked) {
    Object module = component.properties.get("module");
    if (module == null) {
      return Reach.NOWHERE; // a module of directives alone: they are unknown, or known as absent
    }
    String name = module.toString();
    Reach known = Reach.table(present).get(name);
    if (known != null) {
      return known;
    }
    boolean isLog = "LOG".equals(String.valueOf(component.properties.get("phase")));
    boolean acts = List.of(component.serviceInterfaces).stream().anyMatch(ACTING::contains);
    return new Reach(Set.of(name), acts && !marked.contains(name), isLog);
  }

  private static String reason(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
    StringBuilder reason = new StringBuilder();
    reason
        .append(component.implementationClass)
        .append(" of bundle ")
        .append(component.bundle.symbolicName)
        .append(" is not there");
    for (ComponentConfigurationDTO made : runtime.getComponentConfigurationDTOs(component)) {
      if (made.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
        String failure = String.valueOf(made.failure);
        reason.append(": it failed: ").append(failure.lines().findFirst().orElse(""));
      }
      for (var unsatisfied : made.unsatisfiedReferences) {
        reason.append(": it needs the reference ").append(unsatisfied.name);
      }
    }
    return reason.toString();
  }

  void close() {
    runtimes.close();
  }
}
