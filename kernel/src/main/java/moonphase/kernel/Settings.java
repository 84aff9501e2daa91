package moonphase.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import moonphase.spi.RegexEngine;
import moonphase.spi.Transport;

/**
 * What a server is started with. Immutable.
 *
 * @param transport sockets and workers
 * @param regexEngine gives what compiles the expressions of a configuration
 * @param prefix {@code -p}
 * @param conf {@code -c}
 * @param globals {@code -g}; empty for none
 * @param errorLog {@code -e}
 * @param stderr takes lines for the terminal as long as somebody looks at it
 * @param leaving told of the generation and the open log files before rights are given up
 */
record Settings(
    Transport transport,
    Supplier<Optional<RegexEngine>> regexEngine,
    Path prefix,
    String conf,
    String globals,
    String errorLog,
    Consumer<String> stderr,
    BiConsumer<KernelGeneration, List<Path>> leaving) {}
