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
 * package.preload} of every VM.
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

  private final BundleTracker<Bundle> tracker;

  /** Used by the framework. */
  @Activate
  public PreloadBundles(BundleContext context, @Reference LuaRuntime lua) {
    tracker = new BundleTracker<>(context, Bundle.ACTIVE, new Customizer(lua));
    tracker.open();
  }

  /** Used by the framework. */
  @Deactivate
  void close() {
    tracker.close();
  }

  private record Customizer(LuaRuntime lua) implements BundleTrackerCustomizer<Bundle> {
    @Override
    public @Nullable Bundle addingBundle(Bundle bundle, @Nullable BundleEvent event) {
      List<PreloadHook> hooks = hooks(bundle);
      if (hooks.isEmpty()) {
        return null;
      }
      lua.addHooks(bundle, hooks);
      return bundle;
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
      // it stays active: nothing to do
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
      lua.removeHooks(bundle);
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
      for (String name : names(capability.getAttributes().get("name"))) {
        hooks.add(
            new PreloadHook(
                name,
                bundle.getSymbolicName(),
                (vm, required) -> load(bundle, path.toString(), vm, required)));
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

  private static LuaValue load(Bundle bundle, String path, LuaVm vm, String name) {
    String entry = path + "/" + name.replace('.', '/');
    URL url = bundle.getEntry(entry + ".lua");
    if (url == null) {
      url = bundle.getEntry(entry + "/init.lua");
    }
    String chunk = bundle.getSymbolicName() + entry + ".lua";
    if (url == null) {
      throw new LuaError("no file '" + chunk + "' in the bundle that promises it");
    }
    try (InputStream in = url.openStream()) {
      LuaValue module =
          vm.globals()
              .load(LuaText.lua(in.readAllBytes()), "@" + chunk, vm.globals())
              .call(LuaText.lua(name));
      return module;
    } catch (IOException e) {
      throw new LuaError("cannot read " + chunk);
    }
  }
}
