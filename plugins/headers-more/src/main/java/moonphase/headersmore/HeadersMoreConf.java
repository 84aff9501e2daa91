package moonphase.headersmore;

import java.util.List;
import java.util.stream.Stream;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;

/**
 * What is done to header fields; an outer level's commands run before the level's own.
 *
 * @param output commands for the response
 * @param input commands for the request
 */
record HeadersMoreConf(List<Command> output, List<Command> input) implements Conf<HeadersMoreConf> {
  static final ConfKey<HeadersMoreConf> KEY =
      new ConfKey<>("headers_more", new HeadersMoreConf(List.of(), List.of()));

  HeadersMoreConf withOutput(Command command) {
    return new HeadersMoreConf(join(output, List.of(command)), input);
  }

  HeadersMoreConf withInput(Command command) {
    return new HeadersMoreConf(output, join(input, List.of(command)));
  }

  @Override
  public HeadersMoreConf inherit(HeadersMoreConf outer) {
    return new HeadersMoreConf(join(outer.output, output), join(outer.input, input));
  }

  private static List<Command> join(List<Command> first, List<Command> second) {
    return first.isEmpty()
        ? second
        : second.isEmpty() ? first : Stream.concat(first.stream(), second.stream()).toList();
  }
}
