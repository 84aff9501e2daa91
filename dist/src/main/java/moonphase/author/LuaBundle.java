package moonphase.author;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/** The bundle made of a {@link LuaPackage}: its Lua files and a manifest, no Java. */
final class LuaBundle {
  private static final String EXTENDER = "osgi.extender;filter:=\"(osgi.extender=moonphase.lua)\"";

  private final LuaPackage content;

  LuaBundle(LuaPackage content) {
    this.content = content;
  }

  /**
   * Compiles every file.
   *
   * @throws PackException with a line for each one that is no Lua: file, line and the reason
   */
  void check() throws IOException {
    Globals globals = new Globals();
    List<String> problems = new ArrayList<>();
    for (Path file : content.modules().values()) {
      try {
        globals.load(LuaString.valueUsing(Files.readAllBytes(file)), "=x", globals);
      } catch (LuaError e) {
        // "x:3: ..." says the line; the compiler would shorten a long path
        problems.add(String.valueOf(e.getMessage()).replaceFirst("^x(?=:)", quoted(file)));
      }
    }
    if (!problems.isEmpty()) {
      throw new PackException(String.join("\n", problems));
    }
  }

  private static String quoted(Path file) {
    return Matcher.quoteReplacement(file.toString());
  }

  /** Writes the jar beside {@code file} and moves it there in one step. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new PackException("\"" + folder + "\" is not a folder");
    }
    Path part = Files.createTempFile(folder, ".pack", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          JarOutputStream jar = new JarOutputStream(out, manifest())) {
        for (Map.Entry<String, Path> module : content.modules().entrySet()) {
          boolean isFolder = module.getValue().endsWith("init.lua");
          String end = isFolder && !module.getKey().equals("init") ? "/init.lua" : ".lua";
          put(jar, "lua/" + module.getKey().replace('.', '/') + end, module.getValue());
        }
        for (Path license : content.licenses()) {
          put(jar, "META-INF/" + license.getFileName(), license);
        }
      }
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void put(JarOutputStream jar, String name, Path file) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setLastModifiedTime(Files.getLastModifiedTime(file));
    jar.putNextEntry(entry);
    Files.copy(file, jar);
    jar.closeEntry();
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", content.name());
    headers.putValue("Bundle-Version", content.version());
    String names = String.join(",", content.modules().keySet());
    headers.putValue(
        "Provide-Capability", "moonphase.lua.module;name:List<String>=\"" + names + "\";path=/lua");
    headers.putValue(
        "Require-Capability",
        Stream.concat(
                Stream.of(EXTENDER),
                content.requirements().stream().map(PackageRequirement::clause))
            .collect(Collectors.joining(",")));
    return manifest;
  }
}
