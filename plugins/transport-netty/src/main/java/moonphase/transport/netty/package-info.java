/**
 * Sockets, event loops and HTTP/1 on Netty, as a service of type {@link moonphase.spi.Transport}.
 *
 * <p>Nothing of it is exported; only this bundle knows Netty's channels and buffers. Parser and
 * encoder of HTTP/1 are here as well. Everything of a connection runs on its worker.
 */
@NullMarked
package moonphase.transport.netty;

import org.jspecify.annotations.NullMarked;
