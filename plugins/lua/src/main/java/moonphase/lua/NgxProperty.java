package moonphase.lua;

import java.util.Optional;
import org.luaj.vm2.LuaValue;

/**
 * A field of {@code ngx} that is computed, for example {@code ngx.status}. Immutable.
 *
 * @param name below {@code ngx}
 * @param group where it may be read and set
 * @param getter gives the value
 * @param setter takes one; absent: a set replaces the field by a plain value
 */
public record NgxProperty(String name, ApiGroup group, Getter getter, Optional<Setter> setter) {
  /** Gives the value. */
  @FunctionalInterface
  public interface Getter {
    /** The value now. The VM's thread. */
    LuaValue get(LuaRun run);
  }

  /** Takes a value. */
  @FunctionalInterface
  public interface Setter {
    /** Sets it. The VM's thread. */
    void set(LuaRun run, LuaValue value);
  }
}
