package moonphase.dist;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A small Maven project, built as its pom says but without Maven, which in the midst of our own
 * build would not find our artifacts: the same compiler, the distribution's bundles in the place of
 * the artifacts, the same bnd with the pom's instructions.
 */
final class MavenProject {
  private final Path folder;
  private final Element pom;

  MavenProject(Path folder) throws IOException {
    this.folder = folder;
    try {
      pom =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve("pom.xml").toFile())
              .getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(e);
    }
  }

  /** Builds the jar and moves it to {@code jar} in one step. */
  Path build(Path jar) throws IOException {
    Path work = Files.createTempDirectory("project");
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<Path> classPath = classPath();
    compile(classes, classPath);
    Path resources = folder.resolve("src/main/resources");
    if (Files.isDirectory(resources)) {
      Folders.copy(resources, classes);
    }
    Path part = jar.resolveSibling(jar.getFileName() + ".part");
    try (Builder builder = new Builder()) {
      builder.setBase(folder.toFile());
      builder.setProperty("Bundle-SymbolicName", own("artifactId"));
      builder.setProperty("Bundle-Version", own("version").replace("-SNAPSHOT", ""));
      builder.addProperties(instructions());
      builder.setJar(new Jar(classes.toFile()));
      builder.setClasspath(classPath.stream().map(Path::toFile).toList());
      Jar built = builder.build();
      if (!builder.getErrors().isEmpty()) {
        throw new IllegalStateException(folder + ": " + builder.getErrors());
      }
      built.write(part.toFile());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(folder + " is not built", e);
    }
    return Files.move(part, jar);
  }

  private void compile(Path classes, List<Path> classPath) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", classes.toString(), "-cp"));
    arguments.add(String.join(":", classPath.stream().map(Path::toString).toList()));
    int before = arguments.size();
    Folders.files(folder, ".java").forEach(file -> arguments.add(file.toString()));
    if (arguments.size() > before) {
      ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
      int status = compiler.run(System.out, System.err, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new IllegalStateException(folder + " does not compile");
      }
    }
  }

  /** What the pom's dependencies stand for; bnd finds a jar by its name in it. */
  private List<Path> classPath() throws IOException {
    List<Path> path = new ArrayList<>();
    NodeList dependencies = pom.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = text(dependency, "artifactId");
      switch (text(dependency, "groupId")) {
        case "moonphase" -> path.addAll(distributed(artifact.equals("lua") ? "40-lua" : "20-spi"));
        default -> path.add(third(artifact));
      }
    }
    return path;
  }

  private static List<Path> distributed(String level) throws IOException {
    List<Path> jars =
        new ArrayList<>(Folders.files(Folders.DISTRIBUTION.resolve("bundles/20-spi"), ".jar"));
    jars.addAll(Folders.files(Folders.DISTRIBUTION.resolve("bundles/" + level), ".jar"));
    return jars;
  }

  private static Path third(String artifact) {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().matches(artifact + "-[0-9.]+\\.jar"))
        .findFirst()
        .orElseThrow();
  }

  /** What stands in {@code <bnd>}, or among the headers that a pom without bnd gives the jar. */
  private Properties instructions() {
    Properties instructions = new Properties();
    NodeList bnd = pom.getElementsByTagName("bnd");
    try {
      if (bnd.getLength() > 0) {
        instructions.load(new StringReader(bnd.item(0).getTextContent()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NodeList entries = pom.getElementsByTagName("manifestEntries");
    if (entries.getLength() > 0) {
      NodeList headers = entries.item(0).getChildNodes();
      for (int i = 0; i < headers.getLength(); i++) {
        if (headers.item(i) instanceof Element header) {
          String value = header.getTextContent().replace("${project.version}", own("version"));
          instructions.setProperty(header.getTagName(), value.replace("-SNAPSHOT", ""));
        }
      }
      instructions.setProperty("-includepackage", "");
      instructions.setProperty("-resourceonly", "true");
    }
    return instructions;
  }

  private String own(String name) {
    NodeList children = pom.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element child && child.getTagName().equals(name)) {
        return child.getTextContent();
      }
    }
    throw new IllegalStateException(folder + "/pom.xml has no " + name);
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }
}
