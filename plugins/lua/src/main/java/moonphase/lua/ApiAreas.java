package moonphase.lua;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import moonphase.spi.GenerationListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceRegistration;

/**
 * The API areas that are there. A VM keeps the functions it was made with, so that an area that
 * comes or goes means other VMs: as long as all that were seen are there, a service stands for them
 * that starts a generation by its coming; requests wait while it is away.
 *
 * <p>Threads: any. Whoever has an area leave waits until no script runs.
 */
final class ApiAreas implements BundleListener {
  private final @Nullable BundleContext context;
  private final BooleanSupplier isInUse;
  private final List<NgxArea> all = new CopyOnWriteArrayList<>();

  /** Classes of areas that have left and are expected back, and whose they are. */
  private final Map<String, Bundle> missing = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable ServiceRegistration<?>> standing =
      new AtomicReference<>();

  /** Stands for the areas that are there at one time. */
  private static final class Standing implements GenerationListener {
    @Override
    public boolean startsGeneration() {
      return true;
    }
  }

  /**
   * No area yet.
   *
   * @param context null outside of a framework
   * @param isInUse whether any VM lives
   */
  ApiAreas(@Nullable BundleContext context, BooleanSupplier isInUse) {
    this.context = context;
    this.isInUse = isInUse;
    if (context != null) {
      context.addBundleListener(this);
      renew();
    }
  }

  List<NgxArea> all() {
    return all;
  }

  /** An area came. */
  void add(NgxArea area) {
    all.add(area);
    missing.remove(area.getClass().getName());
    if (isInUse.getAsBoolean() && missing.isEmpty()) {
      renew();
    }
  }

  /** An area leaves as soon as this returns. */
  void remove(NgxArea area, @Nullable Bundle owner) {
    if (owner != null) {
      missing.put(area.getClass().getName(), owner);
    }
    ServiceRegistration<?> before = standing.getAndSet(null);
    if (before != null) {
      before.unregister();
    }
    all.remove(area);
  }

  private void renew() {
    if (context == null) {
      return;
    }
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("module", "lua");
    ServiceRegistration<?> before =
        standing.getAndSet(
            context.registerService(GenerationListener.class, new Standing(), properties));
    if (before != null) {
      before.unregister();
    }
  }

  /** A bundle that has started has brought what it has; one that was uninstalled brings nothing. */
  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    boolean hasStarted =
        event.getType() == BundleEvent.STARTED && bundle.getState() == Bundle.ACTIVE;
    if ((hasStarted || event.getType() == BundleEvent.UNINSTALLED)
        && missing.values().removeIf(bundle::equals)
        && missing.isEmpty()
        && standing.get() == null) {
      renew();
    }
  }

  /** Stands for nothing any more. */
  void close() {
    if (context != null) {
      context.removeBundleListener(this);
      ServiceRegistration<?> before = standing.getAndSet(null);
      if (before != null) {
        before.unregister();
      }
    }
  }
}
