package moonphase.echo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Subrequest;
import moonphase.spi.Template;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A subrequest whose response becomes a part of the answer. Immutable.
 *
 * @param method of the subrequest
 * @param target path, perhaps with arguments
 * @param args absent: those of the target
 * @param body absent: none
 * @param file absent: none; the name of a file that is the body, from the prefix
 * @param prefix the server's
 * @param waits whether the next step waits for its end
 */
record EchoSubrequest(
    Template method,
    Template target,
    Optional<Template> args,
    Optional<Template> body,
    Optional<Template> file,
    String prefix,
    boolean waits)
    implements EchoCommand {

  /** What {@code echo_location} says. */
  static EchoCommand location(Arguments args, boolean waits) {
    Optional<Template> query = args.size() > 1 ? Optional.of(args.template(1)) : Optional.empty();
    return new EchoSubrequest(
        args.template("GET"),
        args.template(0),
        query,
        Optional.empty(),
        Optional.empty(),
        args.prefix(),
        waits);
  }

  /** What {@code echo_subrequest} says, with its {@code -q}, {@code -b} and {@code -f}. */
  static EchoCommand subrequest(Arguments args, boolean waits) {
    Optional<Template> query = Optional.empty();
    Optional<Template> body = Optional.empty();
    Optional<Template> file = Optional.empty();
    for (int i = 2; i < args.size(); i += 2) {
      if (i + 1 == args.size()) {
        throw args.error("missing value for option \"" + args.get(i) + "\"");
      }
      Optional<Template> value = Optional.of(args.template(i + 1));
      switch (args.get(i)) {
        case "-q" -> query = value;
        case "-b" -> body = value;
        case "-f" -> file = value;
        default -> throw args.error("unknown option \"" + args.get(i) + "\"");
      }
    }
    return new EchoSubrequest(
        args.template(0), args.template(1), query, body, file, args.prefix(), waits);
  }

  @Override
  public Verdict run(EchoRun run) {
    Exchange exchange = run.exchange();
    String wanted = target.evaluate(exchange);
    UriPath path = UriPath.parse(wanted, true).orElse(null);
    if (path == null) {
      exchange.log().log(LogLevel.ERROR, "echo sees unsafe uri: \"" + wanted + "\"");
      return Verdict.finish(500);
    }
    String query = args.isPresent() ? args.get().evaluate(exchange) : path.args();
    byte @Nullable [] content;
    try {
      content = content(exchange);
    } catch (IOException e) {
      exchange.log().log(
          LogLevel.ERROR, "open() \"" + e.getMessage() + "\" failed for echo_subrequest -f");
      return Verdict.finish(500);
    }
    if (!waits) {
      start(exchange, path.path(), query, content, () -> {});
      return Verdict.OK;
    }
    return run.await(done -> start(exchange, path.path(), query, content, () -> done.accept(0)));
  }

  private byte @Nullable [] content(Exchange exchange) throws IOException {
    if (file.isPresent()) {
      return Files.readAllBytes(Path.of(prefix).resolve(file.get().evaluate(exchange)));
    }
    return body.isPresent()
        ? body.get().evaluate(exchange).getBytes(StandardCharsets.ISO_8859_1)
        : null;
  }

  private void start(
      Exchange exchange, String uri, String query, byte @Nullable [] content, Runnable done) {
    Headers headers = new Headers(exchange.request().headers());
    Consumer<Exchange> prepare = child -> {};
    headers.remove("Transfer-Encoding");
    if (content == null) {
      headers.remove("Content-Length");
    } else {
      headers.set("Content-Length", Integer.toString(content.length));
      prepare = child -> child.request().body().set(content);
    }
    exchange.subrequest(
        new Subrequest(
            uri,
            query,
            method.evaluate(exchange),
            Optional.of(headers),
            Subrequest.Body.NONE,
            Subrequest.Output.INLINE,
            Subrequest.Sharing.SHARED,
            prepare,
            (child, captured, truncated) -> done.run()));
  }
}
