package moonphase.lua;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the ngx API: a service, from which every new VM gets its functions.
 *
 * <p>It is asked once for each VM, on that VM's thread. An area that comes later is in the VMs of
 * the next generation.
 */
@ConsumerType
public interface NgxArea {
  /** The functions. */
  default List<NgxFunction> functions() {
    return List.of();
  }

  /** The computed fields of {@code ngx}. */
  default List<NgxProperty> properties() {
    return List.of();
  }

  /**
   * Adds what is neither: constants, tables with metatables, functions outside {@code ngx}. The
   * functions and properties of all areas are there.
   */
  default void install(LuaVm vm) {}
}
