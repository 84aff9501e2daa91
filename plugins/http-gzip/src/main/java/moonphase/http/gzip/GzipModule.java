package moonphase.http.gzip;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Variable;
import org.osgi.service.component.annotations.Component;

/**
 * The module {@code gzip}: its directives, those of the core about compression, and {@code
 * $gzip_ratio}.
 */
@Component
public final class GzipModule implements HttpModule {
  private static final Set<Long> WINDOWS = powers(512, 32 * 1024);
  private static final Set<Long> HASHES = powers(512, 128 * 1024);
  private static final String JAVA = "the Java virtual machine sizes the memory of compression";

  /** The module, with nothing to set up. */
  public GzipModule() {}

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.volatileOf("gzip_ratio", (exchange, name) -> GzipFilter.ratio(exchange)));
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("gzip")
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .sets(GzipConf.KEY, GzipConf::withEnabled),
        directive("gzip_types")
            .in(HTTP, SERVER, LOCATION)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(GzipConf.KEY, GzipConf::withTypes),
        setting("gzip_min_length").sets(GzipConf.KEY, GzipConf::withMinLength),
        setting("gzip_comp_level").sets(GzipConf.KEY, GzipConf::withLevel),
        setting("gzip_vary").sets(ClientConf.KEY, ClientConf::withVary),
        setting("gzip_http_version").sets(ClientConf.KEY, ClientConf::withVersion),
        setting("gzip_proxied")
            .args(1, Integer.MAX_VALUE)
            .sets(ClientConf.KEY, ClientConf::withProxied),
        setting("gzip_disable")
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(ClientConf.KEY, ClientConf::withDisabled),
        withoutEffect("gzip_buffers", 2, GzipModule::checkBuffers),
        withoutEffect(
            "gzip_window", 1, args -> check(args, WINDOWS, "512, 1k, 2k, 4k, 8k, 16k, or 32k")),
        withoutEffect(
            "gzip_hash",
            1,
            args -> check(args, HASHES, "512, 1k, 2k, 4k, 8k, 16k, 32k, 64k, or 128k")),
        withoutEffect("postpone_gzipping", 1, args -> args.bytes(0)),
        withoutEffect("gzip_no_buffer", 1, args -> args.flag(0)));
  }

  private static Directive.Builder setting(String name) {
    return directive(name).in(HTTP, SERVER, LOCATION).args(1);
  }

  /** Checks the arguments of a directive without effect. */
  private interface Check {
    void accept(Arguments args);
  }

  private static Directive<GzipConf> withoutEffect(String name, int size, Check check) {
    return setting(name)
        .args(size)
        .sets(
            GzipConf.KEY,
            (conf, args) -> {
              check.accept(args);
              args.hasNoEffect(JAVA);
              return conf;
            });
  }

  /** Checks a number of buffers and their size. */
  static void checkBuffers(Arguments args) {
    if (!args.get(0).matches("[1-9]\\d{0,8}") || args.bytes(1) == 0) {
      throw args.error("\"" + args.name() + "\" directive invalid value");
    }
  }

  private static void check(Arguments args, Set<Long> allowed, String words) {
    if (!allowed.contains(args.bytes(0))) {
      throw args.error("\"" + args.name() + "\" directive must be " + words);
    }
  }

  private static Set<Long> powers(long first, long last) {
    Set<Long> all = new HashSet<>();
    for (long power = first; power <= last; power *= 2) {
      all.add(power);
    }
    return Set.copyOf(all);
  }
}
