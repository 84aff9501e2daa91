package moonphase.lua;

import java.util.List;
import org.luaj.vm2.LuaValue;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Java code that scripts get by {@code require}: a service. It is in {@code package.preload} of
 * every VM as long as it is there; when it goes, it takes along what it put into {@code
 * package.loaded}.
 */
@ConsumerType
public interface PreloadModule {
  /** The names to require it by. Any thread. */
  List<String> names();

  /**
   * Makes the module for one VM. The VM's thread; may not wait, nor call scripts.
   *
   * @param name the name it is required by
   * @return what {@code require} returns, most often a table
   */
  LuaValue open(LuaVm vm, String name);
}
