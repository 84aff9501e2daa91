package moonphase.kernel;

import static moonphase.spi.Directive.directive;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Chunk;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Subrequest;
import moonphase.spi.Suspension;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import org.jspecify.annotations.NullUnmarked;

/**
 * A module for tests: {@code probe PHASE VERDICT} has a handler of a phase decide; {@code say WORD
 * ...} answers, where {@code /x} is a subrequest, {@code wait} waits, {@code flush} flushes.
 */
@NullUnmarked
final class Probe implements HttpModule {
  static final ConfKey<ProbeConf> KEY = new ConfKey<>("probe", new ProbeConf(List.of(), List.of()));

  /** What ran, in order. */
  final List<String> trace = new ArrayList<>();

  /** Waits that nobody concluded yet. */
  final List<Suspension> waiting = new ArrayList<>();

  record ProbeConf(List<String> verdicts, List<String> words) implements Conf<ProbeConf> {
    @Override
    public ProbeConf inherit(ProbeConf outer) {
      return new ProbeConf(
          verdicts.isEmpty() ? outer.verdicts : verdicts, words.isEmpty() ? outer.words : words);
    }

    private static List<String> with(List<String> list, String one) {
      List<String> all = new ArrayList<>(list);
      all.add(one);
      return List.copyOf(all);
    }
  }

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("probe")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION)
            .args(2)
            .repeatable()
            .sets(
                KEY,
                (conf, args) ->
                    new ProbeConf(
                        ProbeConf.with(conf.verdicts, args.get(0) + " " + args.get(1)),
                        conf.words)),
        directive("say")
            .in(Level.LOCATION)
            .args(1, 20)
            .sets(
                KEY,
                (conf, args) -> {
                  List<String> words = new ArrayList<>();
                  for (int i = 0; i < args.size(); i++) {
                    words.add(args.get(i));
                  }
                  return new ProbeConf(conf.verdicts, List.copyOf(words));
                }));
  }

  /** The n-th handler of a phase; it decides by the n-th {@code probe} of that phase. */
  PhaseHandler decides(Phase phase, int n) {
    return exchange -> {
      int seen = 0;
      for (String verdict : exchange.conf(KEY).verdicts) {
        String[] words = verdict.split(" ");
        if (words[0].equals(phase.name()) && seen++ == n) {
          trace.add(verdict + (exchange.isSubrequest() ? " sub" : ""));
          return verdict(exchange, words[1]);
        }
      }
      return Verdict.DECLINED;
    };
  }

  private Verdict verdict(Exchange exchange, String word) {
    return switch (word) {
      case "OK" -> Verdict.OK;
      case "DECLINED" -> Verdict.DECLINED;
      case "ERROR" -> Verdict.ERROR;
      case "throw" -> throw new IllegalStateException("thrown by a test");
      case "wait" -> {
        waiting.add(exchange.suspend());
        yield Verdict.SUSPENDED;
      }
      case "once" -> {
        // concluded while the handler is still on the stack
        exchange.suspend().conclude(Verdict.DECLINED);
        yield Verdict.SUSPENDED;
      }
      default -> {
        if (word.startsWith("/")) {
          UriPath path = UriPath.parse(word, true).orElseThrow();
          yield Verdict.redirect(path.path(), path.args());
        }
        if (word.startsWith("uri:")) {
          exchange.request().uri(word.substring(4));
          exchange.request().uriChanged(true);
          yield Verdict.DECLINED;
        }
        yield word.startsWith("@") ? Verdict.named(word) : Verdict.finish(Integer.parseInt(word));
      }
    };
  }

  /** The content handler of {@code say}. */
  @HandlerOf(phase = Phase.CONTENT, module = "probe")
  final class Say implements PhaseHandler {
    @Override
    public Verdict handle(Exchange exchange) {
      List<String> words = exchange.conf(KEY).words;
      return words.isEmpty() ? Verdict.DECLINED : say(exchange, words, 0);
    }
  }

  private Verdict say(Exchange exchange, List<String> words, int from) {
    for (int i = from; i < words.size(); i++) {
      String word = words.get(i);
      int next = i + 1;
      if (word.equals("wait")) {
        Suspension outer = exchange.suspend();
        waiting.add(verdict -> outer.conclude(say(exchange, words, next)));
        return Verdict.SUSPENDED;
      }
      if (word.startsWith("/")) {
        exchange.response().sendHeader();
        exchange.subrequest(
            Subrequest.to(word, "", (x, body, cut) -> trace.add("done " + word + " " + cut)));
      } else {
        Verdict verdict = exchange.response().send(Chunk.of(word));
        if (verdict != Verdict.OK) {
          return verdict;
        }
      }
    }
    return Verdict.OK;
  }
}
