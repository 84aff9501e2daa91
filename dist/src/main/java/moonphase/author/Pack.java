package moonphase.author;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code moonphase pack DIR [-o FILE]}: makes a bundle of a folder of Lua files. */
public final class Pack {
  private static final String USAGE = "usage: moonphase pack folder [-o file.jar]";

  private Pack() {}

  /**
   * Packs and ends the process: 0, or 1 when nothing was written.
   *
   * @param args the folder, and the jar after {@code -o}; without it NAME.jar in the current folder
   */
  public static void main(String[] args) {
    try {
      System.out.println(run(List.of(args)));
    } catch (PackException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> System.err.println("moonphase pack: " + line));
      System.exit(1);
    } catch (IOException e) {
      System.err.println("moonphase pack: cannot read or write " + e.getMessage());
      System.exit(1);
    }
  }

  private static String run(List<String> args) throws IOException {
    @Nullable Path folder = null;
    @Nullable Path file = null;
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.equals("-o") && i + 1 < args.size()) {
        file = Path.of(args.get(++i));
      } else if (folder == null && !word.startsWith("-")) {
        folder = Path.of(word);
      } else {
        throw new PackException(USAGE);
      }
    }
    if (folder == null) {
      throw new PackException(USAGE);
    }
    LuaPackage content = LuaPackage.of(folder);
    Path jar = file == null ? Path.of(content.name() + ".jar") : file;
    LuaBundle bundle = new LuaBundle(content);
    bundle.check();
    bundle.write(jar);
    String modules = String.join(", ", content.modules().keySet());
    return jar + ": " + content.name() + " " + content.version() + " with " + modules;
  }
}
