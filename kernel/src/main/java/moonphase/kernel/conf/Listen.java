package moonphase.kernel.conf;

import moonphase.spi.ListenAddress;

/**
 * An address to listen on and who answers there. Immutable.
 *
 * @param address the socket
 * @param servers the virtual servers by name
 */
public record Listen(ListenAddress address, VirtualServers servers) {}
