package org.luaj.vm2;

/**
 * Chunk names in messages. Source: Lua 5.1 manual, lua_load and luaL_loadbuffer; 60 bytes at most.
 */
public final class ChunkName {
  private static final int SIZE = 60;

  private ChunkName() {}

  /** Shortens {@code =name}, {@code @file} or the text of a chunk to what messages show. */
  public static String shorten(String source) {
    if (source.startsWith("=")) {
      return source.length() > SIZE ? source.substring(1, SIZE) : source.substring(1);
    }
    if (source.startsWith("@")) {
      String file = source.substring(1);
      return file.length() <= SIZE - 1 ? file : "..." + file.substring(file.length() - (SIZE - 4));
    }
    int end = 0;
    while (end < source.length() && source.charAt(end) >= ' ') {
      end++;
    }
    boolean cut = end < source.length();
    int room = SIZE - 1 - "[string \"...\"]".length();
    if (end > room) {
      end = room;
      cut = true;
    }
    return "[string \"" + source.substring(0, end) + (cut ? "...\"]" : "\"]");
  }
}
