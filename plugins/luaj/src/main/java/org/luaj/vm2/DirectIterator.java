package org.luaj.vm2;

/**
 * An iterator function that {@code for} may ask without a call: {@code next}, and that of {@code
 * ipairs}.
 *
 * <p>Only a {@link LuaFunction} implements it, and only where calling it would have the same
 * effect.
 */
public interface DirectIterator {
  /**
   * Writes the next key and value of a table.
   *
   * @param table the table
   * @param control the key before, NIL at the beginning
   * @param target where to
   * @param at index of the key in target; the value goes to the one after it. NIL at the end
   */
  void advance(LuaTable table, LuaValue control, LuaValue[] target, int at);
}
