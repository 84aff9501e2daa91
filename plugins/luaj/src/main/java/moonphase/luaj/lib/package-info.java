/**
 * Lua's libraries, each a {@link moonphase.luaj.lib.Library} that can be opened by itself, with
 * LuaJIT's set of functions and its texts.
 *
 * <p>What they are made of: {@code LibraryFunction} (a name and a body), {@code Arguments}
 * (checks), and for each library its functions in a table at the foot of its class. Nothing here
 * knows HTTP, and nothing gives a script access to Java.
 */
package moonphase.luaj.lib;
