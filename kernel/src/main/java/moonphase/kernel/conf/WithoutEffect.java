package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.EVENTS;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.MAIN;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Level;

/**
 * nginx's directives that have no meaning here: accepted, checked for their place and number of
 * arguments, and named once. A module that gives one a meaning goes before.
 */
final class WithoutEffect {
  private static final String FILES = "files are sent by the transport's own means";
  private static final String SOCKETS = "the transport sets it on each connection";
  private static final String EVENT_LOOP = "the transport chooses its event loops";
  private static final String MEMORY = "memory is managed by the Java virtual machine";
  private static final String NO_GATEWAY = "there is no such gateway";
  private static final String NO_TLS = "no address is listened on with TLS";
  private static final Set<String> VERSIONS =
      Set.of("sslv2", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3");
  private static final Consumer<Arguments> PROTOCOLS = WithoutEffect::checkProtocols;
  private static final Consumer<Arguments> FLAG = args -> args.flag(0);
  private static final Consumer<Arguments> NUMBER = args -> args.number(0);
  private static final Consumer<Arguments> SIZE = args -> args.bytes(0);
  private static final Consumer<Arguments> TIME = args -> args.millis(0);
  private static final Consumer<Arguments> ANY = args -> {};
  private static final Level[] BELOW_HTTP = {SERVER, LOCATION};

  private WithoutEffect() {}

  private static Directive<?> none(
      String name, int max, Consumer<Arguments> check, String reason, Level first, Level... rest) {
    return directive(name)
        .in(first, rest)
        .args(1, max)
        .sets(
            CoreConf.KEY,
            (conf, args) -> {
              check.accept(args);
              args.hasNoEffect(reason);
              return conf;
            });
  }

  private static Directive<?> http(String name, int max, Consumer<Arguments> check, String reason) {
    return none(name, max, check, reason, HTTP, BELOW_HTTP);
  }

  private static Directive<?> tls(String name, int max) {
    return none(name, max, ANY, NO_TLS, HTTP, SERVER);
  }

  private static void checkProtocols(Arguments args) {
    for (int i = 0; i < args.size(); i++) {
      if (!VERSIONS.contains(args.get(i).toLowerCase(Locale.ROOT))) {
        throw args.error("invalid value \"" + args.get(i) + "\"");
      }
    }
  }

  static final List<Directive<?>> ALL =
      List.of(
          none("accept_mutex", 1, FLAG, EVENT_LOOP, EVENTS),
          none("accept_mutex_delay", 1, TIME, EVENT_LOOP, EVENTS),
          none("multi_accept", 1, FLAG, EVENT_LOOP, EVENTS),
          none("debug_points", 1, ANY, "there are no debug points", MAIN),
          none("lock_file", 1, ANY, "no lock is taken", MAIN),
          none("pcre_jit", 1, FLAG, "expressions are compiled as the library can", MAIN),
          none("thread_pool", 3, ANY, "nothing blocks a worker, so no pool is needed", MAIN),
          none("timer_resolution", 1, TIME, "the clock is read at each turn of the loop", MAIN),
          http("aio", 1, ANY, FILES),
          http("aio_write", 1, FLAG, FILES),
          http("directio", 1, ANY, FILES),
          http("directio_alignment", 1, SIZE, FILES),
          http("open_file_cache", 2, ANY, FILES),
          http("open_file_cache_errors", 1, FLAG, FILES),
          http("open_file_cache_events", 1, FLAG, FILES),
          http("open_file_cache_min_uses", 1, NUMBER, FILES),
          http("open_file_cache_valid", 1, TIME, FILES),
          http("read_ahead", 1, SIZE, FILES),
          http("output_buffers", 2, ANY, MEMORY),
          none("sendfile", 1, FLAG, FILES, HTTP, SERVER, LOCATION, LOCATION_IF),
          http("sendfile_max_chunk", 1, SIZE, FILES),
          http("send_lowat", 1, SIZE, SOCKETS),
          http("subrequest_output_buffer_size", 1, SIZE, MEMORY),
          http("tcp_nodelay", 1, FLAG, SOCKETS),
          http("tcp_nopush", 1, FLAG, SOCKETS),
          none("connection_pool_size", 1, SIZE, MEMORY, HTTP, SERVER),
          none("request_pool_size", 1, SIZE, MEMORY, HTTP, SERVER),
          http("types_hash_bucket_size", 1, NUMBER, MEMORY),
          http("types_hash_max_size", 1, NUMBER, MEMORY),
          none("server_names_hash_bucket_size", 1, NUMBER, MEMORY, HTTP),
          none("server_names_hash_max_size", 1, NUMBER, MEMORY, HTTP),
          none("variables_hash_bucket_size", 1, NUMBER, MEMORY, HTTP),
          none("variables_hash_max_size", 1, NUMBER, MEMORY, HTTP),
          http("client_body_in_single_buffer", 1, FLAG, "a body in memory is in one piece"),
          tls("ssl_certificate", 1),
          tls("ssl_certificate_key", 1),
          tls("ssl_ciphers", 1),
          tls("ssl_dhparam", 1),
          tls("ssl_ecdh_curve", 1),
          none("ssl_prefer_server_ciphers", 1, FLAG, NO_TLS, HTTP, SERVER),
          none("ssl_protocols", Integer.MAX_VALUE, PROTOCOLS, NO_TLS, HTTP, SERVER),
          tls("ssl_session_cache", 2),
          none("ssl_session_tickets", 1, FLAG, NO_TLS, HTTP, SERVER),
          none("ssl_session_timeout", 1, TIME, NO_TLS, HTTP, SERVER),
          http("fastcgi_temp_path", 4, ANY, NO_GATEWAY),
          http("proxy_temp_path", 4, ANY, NO_GATEWAY),
          http("scgi_temp_path", 4, ANY, NO_GATEWAY),
          http("uwsgi_temp_path", 4, ANY, NO_GATEWAY));
}
