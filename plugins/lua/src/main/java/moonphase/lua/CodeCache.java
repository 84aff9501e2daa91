package moonphase.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import moonphase.spi.Errno;
import moonphase.spi.ErrorLog;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;

/**
 * The compiled scripts of a VM: each text and each file is compiled once. The VM's thread only;
 * reading a file blocks for the disk.
 *
 * <p>Source: ngx_http_lua_cache.c.
 */
public final class CodeCache {
  /** A script that cannot be had; the line was logged. */
  public static final class LoadException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    LoadException(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    /** 404 for a file that is not there, 503 for one that cannot be opened, 500 otherwise. */
    public int status() {
      return status;
    }
  }

  private final LuaVm vm;
  private final Map<String, Entry> entries = new HashMap<>();

  /** Texts that were asked for before: quicker than by their keys. */
  private final Map<LuaScript, LuaFunction> known = new IdentityHashMap<>();

  private int references;

  /** A compiled script, and the number that debug lines show. */
  private record Entry(LuaFunction function, int reference) {}

  CodeCache(LuaVm vm) {
    this.vm = vm;
  }

  /**
   * The function of a script that is given as text.
   *
   * @throws LoadException if it is no Lua
   */
  public LuaFunction inline(LuaScript script, ErrorLog log) throws LoadException {
    LuaFunction function = known.get(script);
    if (function != null && !log.isEnabled(LogLevel.DEBUG)) {
      return function;
    }
    Entry entry = lookUp(script.key(), log);
    if (entry == null) {
      try {
        entry = store(script.key(), script.text(), script.chunkName());
      } catch (LuaError e) {
        String message = LuaErrors.message(e);
        log.log(LogLevel.ERROR, "failed to load inlined Lua code: " + message);
        throw new LoadException(500, message);
      }
    }
    known.put(script, entry.function);
    return entry.function;
  }

  /**
   * The function of a file.
   *
   * @param path absolute
   * @throws LoadException if it cannot be read, or is no Lua
   */
  public LuaFunction file(String path, ErrorLog log) throws LoadException {
    String key = LuaScript.fileKey(path);
    Entry entry = lookUp(key, log);
    return entry != null ? entry.function : load(path, key, log);
  }

  /** How many scripts are in it. */
  int size() {
    return entries.size();
  }

  private LuaFunction load(String path, String key, ErrorLog log) throws LoadException {
    String message;
    int status = 500;
    try {
      Path file = FilePath.of(path);
      String text = LuaText.latin1(LuaText.lua(Files.readAllBytes(file)));
      return store(key, text, "@" + path).function;
    } catch (LuaError e) {
      message = LuaErrors.message(e);
    } catch (IOException e) {
      status = e instanceof NoSuchFileException ? 404 : 503;
      message = "cannot open " + path + ": " + Errno.of(e).text();
    }
    log.log(LogLevel.ERROR, "failed to load external Lua file \"" + path + "\": " + message);
    throw new LoadException(status, message);
  }

  private @Nullable Entry lookUp(String key, ErrorLog log) {
    Entry entry = entries.get(key);
    if (log.isEnabled(LogLevel.DEBUG)) {
      String what = " (key='" + key + "', ref=" + (entry == null ? -1 : entry.reference) + ")";
      log.log(LogLevel.DEBUG, "code cache lookup" + what);
      log.log(LogLevel.DEBUG, (entry == null ? "code cache miss" : "code cache hit") + what);
    }
    return entry;
  }

  private Entry store(String key, String text, String name) {
    LuaFunction function = vm.globals().load(LuaText.lua(text), name, vm.globals());
    Entry entry = new Entry(function, ++references);
    entries.put(key, entry);
    return entry;
  }

  /** A new function of the same script with another table of globals. */
  LuaFunction withGlobals(LuaScript script, String path, LuaTable environment) {
    Entry entry = entries.get(script.isFile() ? LuaScript.fileKey(path) : script.key());
    if (entry == null) {
      throw new IllegalStateException("the script was not loaded");
    }
    Globals globals = vm.globals();
    return entry.function instanceof LuaClosure closure
        ? new LuaClosure(closure.p, globals, environment)
        : entry.function;
  }
}
