package moonphase.lua;

import org.luaj.vm2.Varargs;

/**
 * A function of the ngx API. Immutable.
 *
 * @param name below {@code ngx}, for example {@code say} or {@code req.get_method}
 * @param group where it may be called; checked before {@code body} runs
 * @param body what it does
 */
public record NgxFunction(String name, ApiGroup group, Body body) {
  /** What a function of the API does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Serves one call. The VM's thread; must not block, {@link LuaRun#await} waits.
     *
     * @param run the script that calls
     * @param args its arguments
     * @return the results
     * @throws org.luaj.vm2.LuaError the error that the script gets; a text is given the script's
     *     position
     */
    Varargs call(LuaRun run, Varargs args);
  }
}
