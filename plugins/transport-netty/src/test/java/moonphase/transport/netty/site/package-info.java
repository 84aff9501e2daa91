/**
 * Whole servers over sockets: this transport under a kernel with some modules, and nginx itself,
 * with the same configuration and the same bytes sent.
 */
@NullMarked
package moonphase.transport.netty.site;

import org.jspecify.annotations.NullMarked;
