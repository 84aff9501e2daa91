package moonphase.http.authbasic;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.ConfBlock;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Suspension;
import moonphase.spi.Template;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;
import org.osgi.service.component.annotations.Component;

/**
 * Asks for a name and a password and compares them with the user file.
 *
 * <p>The worker looks at the file's attributes for each request and reads it only when they
 * changed; methods that take milliseconds are computed on a virtual thread.
 *
 * <p>Threads: handlers run on the workers; {@link #files} is shared among them.
 *
 * <p>Source: nginx manual, ngx_http_auth_basic_module.
 */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "auth_basic")
public final class AuthBasicHandler implements PhaseHandler {
  private static final int MAX_FILES = 256;

  private final Map<String, UserFile> files = new ConcurrentHashMap<>();

  /** The handler, with no file read. */
  public AuthBasicHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(AuthBasicConf.KEY).realm() == null
        || block.conf(AuthBasicConf.KEY).file() == null;
  }

  @Override
  public Verdict handle(Exchange exchange) {
    AuthBasicConf conf = exchange.conf(AuthBasicConf.KEY);
    Template template = conf.realm();
    UserFileName file = conf.file();
    if (template == null || file == null) {
      return Verdict.DECLINED;
    }
    String realm = template.evaluate(exchange);
    if (realm.equals("off")) {
      return Verdict.DECLINED;
    }
    Optional<Credentials> sent =
        Credentials.read(exchange.request().headers().get("Authorization"));
    if (sent.isEmpty()) {
      exchange.log().log(LogLevel.INFO, "no user/password was provided for basic authentication");
      return challenge(exchange, realm);
    }
    return check(exchange, realm, file.evaluate(exchange), sent.get());
  }

  private Verdict check(Exchange exchange, String realm, String file, Credentials sent) {
    Optional<String> stored;
    try {
      stored = users(file).password(sent.user());
    } catch (IOException failure) {
      return unreadable(exchange, file, Errno.of(failure));
    } catch (InvalidPathException impossible) {
      return unreadable(exchange, file, Errno.of(impossible));
    }
    if (stored.isEmpty()) {
      exchange.log().log(
          LogLevel.ERROR, "user \"" + sent.user() + "\" was not found in \"" + file + "\"");
      return challenge(exchange, realm);
    }
    Password password = new Password(stored.get());
    if (!password.isSlow()) {
      return decide(exchange, realm, sent.user(), password.isMatchedBy(sent.password()));
    }
    Suspension suspension = exchange.suspend();
    Worker worker = exchange.connection().worker();
    Thread.ofVirtual()
        .start(() -> {
          boolean isMatch = password.isMatchedBy(sent.password());
          worker.execute(() -> suspension.conclude(decide(exchange, realm, sent.user(), isMatch)));
        });
    return Verdict.SUSPENDED;
  }

  private UserFile users(String file) throws IOException {
    UserFile known = files.get(file);
    if (known != null && known.isCurrent(file)) {
      return known;
    }
    if (files.size() >= MAX_FILES) {
      files.clear();
    }
    UserFile read = UserFile.read(file);
    files.put(file, read);
    return read;
  }

  private static Verdict unreadable(Exchange exchange, String file, Errno errno) {
    boolean isMissing = errno == Errno.ENOENT;
    exchange.log().log(
        isMissing ? LogLevel.ERROR : LogLevel.CRIT,
        "open() \"" + file + "\" failed (" + errno + ")");
    return Verdict.finish(isMissing ? 403 : 500);
  }

  private static Verdict decide(Exchange exchange, String realm, String user, boolean isMatch) {
    if (isMatch) {
      return Verdict.OK;
    }
    exchange.log().log(LogLevel.ERROR, "user \"" + user + "\": password mismatch");
    return challenge(exchange, realm);
  }

  private static Verdict challenge(Exchange exchange, String realm) {
    exchange
        .response()
        .headers()
        .set("WWW-Authenticate", "Basic realm=\"" + Headers.escape(realm) + "\"");
    return Verdict.finish(401);
  }
}
