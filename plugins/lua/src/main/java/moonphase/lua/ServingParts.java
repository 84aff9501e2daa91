package moonphase.lua;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import moonphase.spi.GenerationListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Java services that scripts call. As long as all that were seen are there, a service of ours
 * stands for them as a part of the module {@code lua}: it goes before one of them does, so that
 * whoever has it leave waits until no script runs, and requests wait until it is back.
 *
 * <p>Threads: any.
 */
final class ServingParts implements BundleListener {
  private final @Nullable BundleContext context;
  private final boolean startsGeneration;
  private final BooleanSupplier isInUse;

  /** Classes of services that have left and are expected back, and whose they are. */
  private final Map<String, Bundle> missing = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable ServiceRegistration<?>> standing =
      new AtomicReference<>();

  /** Stands for the parts that are there at one time; compared by identity. */
  private static final class Standing implements GenerationListener {
    private final boolean startsGeneration;

    Standing(boolean startsGeneration) {
      this.startsGeneration = startsGeneration;
    }

    @Override
    public boolean startsGeneration() {
      return startsGeneration;
    }
  }

  /**
   * None yet.
   *
   * @param context null outside of a framework
   * @param startsGeneration whether VMs keep what they got from a part, so that others must be made
   *     when one comes, and it must not be missing as long as its bundle is installed
   * @param isInUse whether any VM lives
   */
  ServingParts(@Nullable BundleContext context, boolean startsGeneration, BooleanSupplier isInUse) {
    this.context = context;
    this.startsGeneration = startsGeneration;
    this.isInUse = isInUse;
    if (context != null) {
      context.addBundleListener(this);
      renew();
    }
  }

  /** A part is there. */
  void came(Object part) {
    boolean wasMissing = missing.remove(part.getClass().getName()) != null;
    if (isInUse.getAsBoolean() && missing.isEmpty() && (wasMissing || startsGeneration)) {
      renew();
    }
  }

  /** A part leaves as soon as this returns. */
  void going(Object part, Bundle owner) {
    boolean isExpected = startsGeneration || returns(owner);
    if (isExpected) {
      missing.put(part.getClass().getName(), owner);
    }
    ServiceRegistration<?> before = standing.getAndSet(null);
    if (before != null) {
      before.unregister();
    }
    if (!isExpected && missing.isEmpty()) {
      renew();
    }
  }

  /**
   * Whether a bundle that stops, or loses a part, is to be as before: its owner goes on with it.
   */
  static boolean returns(Bundle bundle) {
    if (bundle.getState() == Bundle.UNINSTALLED) {
      return false;
    }
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null && level.isPersistentlyStarted();
  }

  private void renew() {
    if (context == null) {
      return;
    }
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("module", "lua");
    ServiceRegistration<?> before =
        standing.getAndSet(
            context.registerService(
                GenerationListener.class, new Standing(startsGeneration), properties));
    if (before != null) {
      before.unregister();
    }
  }

  /** A bundle that has started has brought what it has; one that was uninstalled brings nothing. */
  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    boolean isOver =
        switch (event.getType()) {
          case BundleEvent.STARTED -> bundle.getState() == Bundle.ACTIVE;
          case BundleEvent.UNINSTALLED -> true;
          case BundleEvent.STOPPED -> !startsGeneration && !returns(bundle);
          default -> false;
        };
    if (isOver
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
