package moonphase.lua;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Template;

/**
 * A piece of Lua that a directive named: the text itself, or a file that may depend on variables.
 * Immutable.
 *
 * <p>Source: ngx_http_lua_gen_chunk_name, ngx_http_lua_gen_chunk_cache_key.
 *
 * @param text the Lua text; empty for a file
 * @param chunkName {@code =access_by_lua(nginx.conf:40)}; empty for a file
 * @param key names the compiled function in the code cache; empty for a file
 * @param file the file's name; absent for a text
 * @param prefix where a relative file name begins
 */
public record LuaScript(
    String text, String chunkName, String key, Optional<Template> file, String prefix) {
  /** The longest chunk name that messages show whole. */
  private static final int CHUNK_NAME_MAX = 56;

  /** The text of {@code *_by_lua_block}; its first line is that of the directive. */
  public static LuaScript block(LuaContext context, Arguments args) {
    return inline(context, args, args.text(), args.line());
  }

  /** The text of {@code *_by_lua '...'}, in argument {@code i}; nginx counts to where it ends. */
  public static LuaScript quoted(LuaContext context, Arguments args, int i) {
    return inline(context, args, args.get(i), args.endLine());
  }

  /** The file of {@code *_by_lua_file}, in argument {@code i}. */
  public static LuaScript file(Arguments args, int i) {
    return new LuaScript("", "", "", Optional.of(args.template(i)), args.prefix());
  }

  private static LuaScript inline(LuaContext context, Arguments args, String text, int line) {
    if (text.isEmpty()) {
      throw args.error("invalid location config: no runnable Lua code");
    }
    String stem = context.directive("");
    return new LuaScript(
        text,
        "=" + chunkName(stem, args.fileName(), line),
        stem + "_nhli_" + md5(text),
        Optional.empty(),
        args.prefix());
  }

  private static String chunkName(String stem, String file, int line) {
    int room = CHUNK_NAME_MAX - stem.length() - Integer.toString(line).length();
    String shown =
        file.length() > room && !file.equals("nginx.conf")
            ? "..." + file.substring(file.length() - Math.max(0, room - 3))
            : file;
    return stem + "(" + shown + ":" + line + ")";
  }

  /** Whether it is a file. */
  public boolean isFile() {
    return file.isPresent();
  }

  /** The absolute name of the file. Worker thread. */
  public String path(Exchange exchange) {
    return absolute(file.orElseThrow().evaluate(exchange));
  }

  /** The absolute name of a file that does not depend on a request. */
  public String path() {
    return absolute(file.orElseThrow().source());
  }

  private String absolute(String name) {
    return name.startsWith("/") ? name : FilePath.name(FilePath.of(prefix + name).toAbsolutePath());
  }

  /** The key of a file in the code cache. */
  static String fileKey(String path) {
    return "nhlf_" + md5(path);
  }

  private static String md5(String latin1) {
    try {
      byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
