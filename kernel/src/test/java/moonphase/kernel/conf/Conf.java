package moonphase.kernel.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.HttpModule;

/** A configuration to be read in a test: its texts, and who reads it. */
final class Conf {
  /** What the reader said at level warn. */
  final List<String> warnings = new ArrayList<>();

  private final String prefix;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<HttpModule> modules = new ArrayList<>();

  private Conf(Path prefix, String text) {
    this.prefix = prefix + "/";
    files.put(this.prefix + "conf/nginx.conf", text);
  }

  /** The whole of nginx.conf. */
  static Conf of(Path prefix, String text) {
    return new Conf(prefix, text);
  }

  /** What stands in the section http. */
  static Conf http(Path prefix, String text) {
    return new Conf(prefix, "events { }\nhttp {\n" + text + "\n}\n");
  }

  /** What stands in the only server. */
  static Conf server(Path prefix, String text) {
    return http(prefix, "server {\nlisten 127.0.0.1:0;\n" + text + "\n}");
  }

  Conf with(String file, String text) {
    files.put(prefix + file, text);
    return this;
  }

  Conf with(HttpModule module) {
    modules.add(module);
    return this;
  }

  Configuration read() {
    return ConfReader.read(
        ConfSource.of(prefix, files),
        ModuleSet.of(modules),
        Optional.of(new PlainRegexEngine()),
        new LogFiles(line -> null),
        (level, message) -> warnings.add(message));
  }

  /** The only server. */
  ServerBlock readServer() {
    return read().listens().get(0).servers().defaultServer();
  }

  /** The location of the only server in which a URI is served. */
  static Block location(Configuration configuration, String uri) {
    return Objects.requireNonNull(
        configuration.listens().get(0).servers().defaultServer().locations().find(uri).block());
  }
}
