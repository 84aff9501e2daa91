package moonphase.echo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import moonphase.spi.Attributes;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.LogLevel;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Writes before and after the body of any response of a location. Worker thread. */
@Component(service = {HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "echo")
public final class EchoFilter implements HeaderFilter, BodyFilter {
  private static final Attributes.Key<Boolean> BEGUN = new Attributes.Key<>("echo filter");

  /** Used by the framework. */
  public EchoFilter() {}

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return isIdle(block);
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    EchoConf conf = exchange.conf(EchoConf.KEY);
    if (conf.before().isEmpty() && conf.after().isEmpty()) {
      return Verdict.DECLINED;
    }
    exchange.response().headers().remove("Content-Length");
    exchange.response().headers().remove("Accept-Ranges");
    return Verdict.OK;
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return isIdle(block);
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
    EchoConf conf = exchange.conf(EchoConf.KEY);
    boolean first = !conf.before().isEmpty() && exchange.attributes().get(BEGUN) == null;
    boolean last = !conf.after().isEmpty() && chunk.isLast();
    if (!first && !last) {
      return chunk;
    }
    exchange.attributes().put(BEGUN, true);
    return surround(
        exchange, first ? conf.before() : List.of(), chunk, last ? conf.after() : List.of());
  }

  private static boolean isIdle(ConfBlock block) {
    EchoConf conf = block.conf(EchoConf.KEY);
    return conf.before().isEmpty() && conf.after().isEmpty();
  }

  private static Chunk surround(
      Exchange exchange, List<EchoText> before, Chunk chunk, List<EchoText> after)
      throws FilterException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    write(exchange, before, all);
    try {
      all.writeBytes(chunk.toBytes());
    } catch (IOException e) {
      exchange.log().log(LogLevel.CRIT, "a file cannot be read for echo_before_body", e);
      throw new FilterException("the body cannot be read");
    } finally {
      chunk.release();
    }
    write(exchange, after, all);
    return Chunk.of(all.toByteArray()).with(chunk.isFlush(), chunk.isLast());
  }

  private static void write(Exchange exchange, List<EchoText> texts, ByteArrayOutputStream out) {
    for (EchoText text : texts) {
      out.writeBytes(text.evaluate(exchange).getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
