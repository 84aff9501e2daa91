package moonphase.echo;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import java.util.Locale;
import moonphase.spi.Arguments;
import moonphase.spi.Attributes;
import moonphase.spi.Chunk;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Template;
import moonphase.spi.UriPath;
import moonphase.spi.Variable;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** The module {@code echo}: its directives, variables, and the content handler. Worker thread. */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.CONTENT, module = "echo")
public final class Echo implements HttpModule, PhaseHandler {
  private static final Attributes.Key<Integer> COUNT = new Attributes.Key<>("echo counter");

  /** Used by the framework. */
  public Echo() {}

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public Verdict handle(Exchange exchange) {
    EchoConf conf = exchange.conf(EchoConf.KEY);
    if (conf.commands().isEmpty()) {
      return Verdict.DECLINED;
    }
    return new EchoRun(exchange, conf.commands(), conf.status().orElse(200)).run();
  }

  private static EchoCommand echo(Arguments args) {
    EchoText text = EchoText.of(args);
    return run -> run.write(Chunk.of(text.evaluate(run.exchange())));
  }

  private static EchoCommand duplicate(Arguments args) {
    Template count = args.template(0);
    Template text = args.template(1);
    return run -> {
      String times = count.evaluate(run.exchange());
      String digits = times.replace("_", "");
      if (times.startsWith("_") || !digits.matches("\\d{1,9}")) {
        run.exchange()
            .log()
            .log(LogLevel.ERROR, "invalid size specified: \"" + times + "\", in echo_duplicate");
        return Verdict.finish(500);
      }
      int n = Integer.parseInt(digits);
      return run.write(Chunk.of(text.evaluate(run.exchange()).repeat(n)));
    };
  }

  private static EchoCommand sleep(Arguments args) {
    Template seconds = args.template(0);
    return run -> {
      long millis = millis(seconds.evaluate(run.exchange()));
      if (millis < 0) {
        run.exchange()
            .log()
            .log(
                LogLevel.ERROR,
                "invalid sleep duration \"" + seconds.evaluate(run.exchange()) + "\"");
        return Verdict.finish(500);
      }
      return run.await(
          done -> run.exchange().connection().worker().schedule(millis, () -> done.accept(0)));
    };
  }

  /** Seconds with a fraction as milliseconds; -1 if it is none. */
  private static long millis(String seconds) {
    return seconds.matches("\\d+(\\.\\d*)?|\\.\\d+")
        ? Math.round(Double.parseDouble(seconds) * 1000)
        : -1;
  }

  private static EchoCommand exec(Arguments args) {
    Template target = args.template(0);
    Template query = args.template(args.size() > 1 ? args.get(1) : "");
    return run -> {
      String uri = target.evaluate(run.exchange());
      if (uri.startsWith("@")) {
        return Verdict.named(uri);
      }
      UriPath path = UriPath.parse(uri, true).orElse(null);
      if (path == null) {
        run.exchange().log().log(LogLevel.ERROR, "echo_exec sees unsafe uri: \"" + uri + "\"");
        return Verdict.finish(500);
      }
      String given = query.evaluate(run.exchange());
      return Verdict.redirect(path.path(), given.isEmpty() ? path.args() : given);
    };
  }

  private static Verdict resetTimer(EchoRun run) {
    run.exchange().connection().worker().updateTime();
    run.exchange()
        .attributes()
        .put(EchoRun.TIMER, run.exchange().connection().worker().currentMillis());
    return Verdict.OK;
  }

  private static String elapsed(Exchange exchange) {
    Long since = exchange.attributes().get(EchoRun.TIMER);
    exchange.connection().worker().updateTime();
    long now = exchange.connection().worker().currentMillis();
    long millis = Math.max(0, now - (since == null ? exchange.request().startMillis() : since));
    return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.volatileOf("echo_timer_elapsed", (x, name) -> elapsed(x)),
        Variable.volatileOf("echo_request_body", (x, name) -> EchoBody.text(x)),
        Variable.volatileOf("echo_request_method", (x, name) -> x.request().method()),
        Variable.cached(
            "echo_client_request_method", (x, name) -> x.main().request().head().method()),
        Variable.cached(
            "echo_client_request_headers", (x, name) -> EchoBody.head(x.main().request().head())),
        Variable.volatileOf(
            "echo_request_uri", (x, name) -> UriPath.escape(x.request().uri()) + query(x)),
        Variable.volatileOf(
            "echo_cacheable_request_uri",
            (x, name) -> UriPath.escape(x.request().uri()) + query(x)),
        Variable.volatileOf("echo_incr", (x, name) -> Integer.toString(count(x.main()))),
        Variable.volatileOf(
            "echo_response_status", (x, name) -> Integer.toString(x.response().status())));
  }

  private static int count(Exchange main) {
    Integer before = main.attributes().get(COUNT);
    int now = before == null ? 1 : before + 1;
    main.attributes().put(COUNT, now);
    return now;
  }

  private static String query(Exchange exchange) {
    String args = exchange.request().args();
    return args.isEmpty() ? "" : "?" + args;
  }

  private static Directive<EchoConf> content(String name, int min, int max, Maker maker) {
    return directive(name)
        .in(LOCATION, LOCATION_IF)
        .args(min, max)
        .repeatable()
        .sets(EchoConf.KEY, (conf, args) -> conf.then(maker.make(args)));
  }

  /** Makes the step that a directive stands for. */
  @FunctionalInterface
  private interface Maker {
    EchoCommand make(Arguments args);
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        content("echo", 0, Integer.MAX_VALUE, Echo::echo),
        content("echo_duplicate", 2, 2, Echo::duplicate),
        content("echo_flush", 0, 0, args -> run -> run.write(Chunk.FLUSH)),
        content("echo_sleep", 1, 1, Echo::sleep),
        content("echo_reset_timer", 0, 0, args -> Echo::resetTimer),
        content("echo_read_request_body", 0, 0, args -> EchoBody::read),
        content("echo_request_body", 0, 0, args -> EchoBody::write),
        content("echo_exec", 1, 2, Echo::exec),
        content("echo_location", 1, 2, args -> EchoSubrequest.location(args, true)),
        content("echo_location_async", 1, 2, args -> EchoSubrequest.location(args, false)),
        content("echo_subrequest", 2, 8, args -> EchoSubrequest.subrequest(args, true)),
        content("echo_subrequest_async", 2, 8, args -> EchoSubrequest.subrequest(args, false)),
        directive("echo_status")
            .in(LOCATION, LOCATION_IF)
            .sets(EchoConf.KEY, (conf, args) -> conf.status(args.number(0))),
        directive("echo_before_body")
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .args(0, Integer.MAX_VALUE)
            .repeatable()
            .sets(EchoConf.KEY, (conf, args) -> conf.before(EchoText.of(args))),
        directive("echo_after_body")
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .args(0, Integer.MAX_VALUE)
            .repeatable()
            .sets(EchoConf.KEY, (conf, args) -> conf.after(EchoText.of(args))));
  }
}
