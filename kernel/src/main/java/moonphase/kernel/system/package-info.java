/**
 * What the system offers and the JDK does not: rights, limits, datagrams over unix sockets, called
 * through {@code java.lang.foreign} on Linux. Any thread. Nothing here is exported.
 */
@NullMarked
package moonphase.kernel.system;

import org.jspecify.annotations.NullMarked;
