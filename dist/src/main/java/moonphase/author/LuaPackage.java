package moonphase.author;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of Lua files as a package: laid out as lua-resty-* and opm packages are, with the
 * modules below {@code lib/} (or the {@code lib_dir} of {@code dist.ini}), or plain, with the
 * modules right in it.
 *
 * @param name the bundle's symbolic name
 * @param version in OSGi's form
 * @param modules the files, by the names that {@code require} takes
 * @param requirements other packages it needs
 * @param licenses files that must go where the code goes
 */
record LuaPackage(
    String name,
    String version,
    SortedMap<String, Path> modules,
    List<PackageRequirement> requirements,
    List<Path> licenses) {
  private static final Pattern MODULE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern VERSION = Pattern.compile("\\b_VERSION\\s*=\\s*['\"]([^'\"]+)['\"]");

  /**
   * Looks at a folder; reads no code but for a version.
   *
   * @throws PackException if it is no package
   */
  static LuaPackage of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new PackException("\"" + folder + "\" is not a folder");
    }
    DistIni ini = DistIni.of(folder);
    Path root = folder.resolve(ini.value("lib_dir").orElse("lib"));
    if (ini.value("lib_dir").isEmpty() && files(root, ini).isEmpty()) {
      root = folder;
    }
    SortedMap<String, Path> modules = modules(root, files(root, ini));
    if (modules.isEmpty()) {
      throw new PackException("no Lua file below \"" + root + "\"");
    }
    String name = ini.value("name").orElse(folder.toRealPath().getFileName().toString());
    List<PackageRequirement> requirements =
        ini.list("requires").stream().flatMap(i -> PackageRequirement.of(i).stream()).toList();
    return new LuaPackage(
        name.replaceAll("[^A-Za-z0-9_.-]", "-"),
        version(folder, ini, name, modules),
        modules,
        requirements,
        licenses(folder));
  }

  private static List<Path> files(Path root, DistIni ini) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<String> excluded = ini.list("exclude_files");
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> path.toString().endsWith(".lua") && Files.isRegularFile(path))
          .filter(path -> !isHidden(root.relativize(path)) && !matches(path, excluded))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Path path, List<String> patterns) {
    for (String pattern : patterns) {
      var matcher =
          FileSystems.getDefault().getPathMatcher("glob:{" + pattern + ",**/" + pattern + "}");
      if (matcher.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private static SortedMap<String, Path> modules(Path root, List<Path> files) {
    SortedMap<String, Path> modules = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      String path = root.relativize(file).toString();
      String stem = path.substring(0, path.length() - ".lua".length());
      boolean isFolder = stem.endsWith("/init");
      String name = (isFolder ? stem.substring(0, stem.length() - 5) : stem).replace('/', '.');
      Path other = modules.putIfAbsent(name, file);
      if (stem.indexOf('.') >= 0 || !MODULE.matcher(name).matches()) {
        problems.add(file + ": its name is none that \"require\" finds");
      } else if (other != null) {
        problems.add(file + ": module \"" + name + "\" is " + other + " already");
      }
    }
    if (!problems.isEmpty()) {
      throw new PackException(String.join("\n", problems));
    }
    return modules;
  }

  /** What dist.ini says, or the package's main module; opm looks in the same places. */
  private static String version(Path folder, DistIni ini, String name, Map<String, Path> modules)
      throws IOException {
    Optional<String> version = ini.value("version");
    if (version.isPresent()) {
      return BundleVersion.of(version.get());
    }
    String module = name.replaceFirst("^lua-", "").replace('-', '.');
    Path main = ini.value("main_module").map(folder::resolve).orElse(modules.get(module));
    if (main == null && modules.size() == 1) {
      main = modules.values().iterator().next();
    }
    if (main != null) {
      Matcher matcher = VERSION.matcher(Files.readString(main, StandardCharsets.ISO_8859_1));
      if (matcher.find()) {
        return BundleVersion.of(matcher.group(1));
      }
    }
    return BundleVersion.NONE;
  }

  private static List<Path> licenses(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(
              path -> path.getFileName().toString().matches("(LICEN[CS]E|COPY(ING|RIGHT))\\b.*"))
          .sorted()
          .toList();
    }
  }
}
