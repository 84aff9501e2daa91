package org.luaj.vm2;

/**
 * The end of a script that used up its budget or was told to stop.
 *
 * <p>No script can catch it: it passes pcall, xpcall and coroutines up to the Java code that called
 * Lua.
 */
public final class ScriptStopped extends Error {
  private static final long serialVersionUID = 1L;

  public ScriptStopped(String message) {
    super(message, null, false, false);
  }
}
