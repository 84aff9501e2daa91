package moonphase.lua;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Bundles that hold Lua modules and no Java: as long as one is active, its modules are in {@code
 * package.preload} of every VM. While it is being replaced those of its earlier version are.
 *
 * <p>A manifest says {@code Provide-Capability:
 * moonphase.lua.module;name:List<String>="geo,geo.db";path=/lua}; {@code geo.db} is then the entry
 * {@code /lua/geo/db.lua} or {@code /lua/geo/db/init.lua}. Any thread.
 */
@Component(
    immediate = true,
    service = {})
public final class PreloadBundles {
  private static final String NAMESPACE = "moonphase.lua.module";

  private final BundleContext context;
  private final Customizer customizer;
  private final BundleTracker<Bundle> tracker;

  /** Used by the framework. */
  @Activate
  public PreloadBundles(BundleContext context, @Reference LuaRuntime lua) {
    this.context = context;
    customizer = new Customizer(lua);
    tracker = new BundleTracker<>(context, Bundle.ACTIVE, customizer);
    tracker.open();
    context.addBundleListener(customizer);
  }

  /** Used by the framework. */
  @Deactivate
  void close() {
    context.removeBundleListener(customizer);
    tracker.close();
  }

  private record Customizer(LuaRuntime lua)
      implements BundleTrackerCustomizer<Bundle>, BundleListener {
    @Override
    public @Nullable Bundle addingBundle(Bundle bundle, @Nullable BundleEvent event) {
      List<PreloadHook> hooks = hooks(bundle);
      if (hooks.isEmpty()) {
        lua.removeHooks(bundle); // an earlier version may have had some
        return null;
      }
      lua.setHooks(bundle, hooks);
      return bundle;
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
      // it stays active: nothing to do
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
      if (!ServingParts.returns(bundle)) {
        lua.removeHooks(bundle);
      }
    }

    /** One that was expected back is gone for good. */
    @Override
    public void bundleChanged(BundleEvent event) {
      boolean hasGone =
          event.getType() == BundleEvent.UNINSTALLED
              || event.getType() == BundleEvent.STOPPED && !ServingParts.returns(event.getBundle());
      if (hasGone) {
        lua.removeHooks(event.getBundle());
      }
    }
  }

  private static List<PreloadHook> hooks(Bundle bundle) {
    List<PreloadHook> hooks = new ArrayList<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return hooks;
    }
    for (BundleCapability capability : revision.getDeclaredCapabilities(NAMESPACE)) {
      Object path = capability.getAttributes().getOrDefault("path", "/lua");
      Object ranking = capability.getAttributes().get("ranking");
      for (String name : names(capability.getAttributes().get("name"))) {
        Source source = Source.read(bundle, path + "/" + name.replace('.', '/'));
        hooks.add(
            new PreloadHook(
                name,
                bundle.getSymbolicName(),
                ranking instanceof Number number ? number.intValue() : 0,
                bundle.getBundleId(),
                source::load));
      }
    }
    return hooks;
  }

  private static List<String> names(@Nullable Object attribute) {
    return switch (attribute) {
      case Collection<?> several -> several.stream().map(Object::toString).toList();
      case String one -> List.of(one);
      case null, default -> List.of();
    };
  }

  /**
   * The text of a module, read when its bundle starts: the modules of an earlier version serve on
   * while the bundle is being replaced.
   *
   * @param chunk what it is called in messages: the bundle and the path in it
   * @param text null if it cannot be had
   * @param complaint why it cannot
   */
  private record Source(String chunk, byte @Nullable [] text, String complaint) {
    static Source read(Bundle bundle, String entry) {
      for (String suffix : List.of(".lua", "/init.lua")) {
        URL url = bundle.getEntry(entry + suffix);
        if (url != null) {
          String chunk = bundle.getSymbolicName() + entry + suffix;
          try (InputStream in = url.openStream()) {
            return new Source(chunk, in.readAllBytes(), "");
          } catch (IOException e) {
            return new Source(chunk, null, "cannot read " + chunk);
          }
        }
      }
      String chunk = bundle.getSymbolicName() + entry + ".lua";
      return new Source(chunk, null, "no file '" + chunk + "' in the bundle that promises it");
    }

    LuaValue load(LuaVm vm, String name) {
      if (text == null) {
        throw new LuaError(complaint);
      }
      return vm.globals()
          .load(LuaText.lua(text), "@" + chunk, vm.globals())
          .call(LuaText.lua(name));
    }
  }
}
