package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import java.io.IOException;
import java.net.SocketAddress;
import moonphase.spi.ListenAddress;
import moonphase.spi.SocketOptions;

/** A way to have sockets: Linux' epoll, or the JDK's. Any thread. */
interface Sockets {
  /** Its name in log lines. */
  String name();

  /** Makes the selectors of loops. */
  IoHandlerFactory selectors();

  /**
   * A socket to listen with, not bound, with the options that only this kind of sockets has.
   *
   * @param inet6 whether the address is an IPv6 one
   */
  Channel listener(ListenAddress address, boolean inet6);

  /** Changes how many connections may wait on a bound socket, where that can be done. */
  void backlog(Channel listener, int backlog);

  /** Sets options of a TCP socket that listens, which its connections inherit. */
  void set(Channel listener, SocketOptions options);

  /**
   * Sends to a connection, past its channel's queue, as much of a buffer as its socket takes now,
   * which may be nothing; what it took is behind the reader's index. For the connection's own
   * thread, and only while the queue is empty.
   */
  void send(Channel connection, ByteBuf buffer) throws IOException;

  /** The address of a unix socket. */
  SocketAddress unix(String path);

  /** Whether several sockets may listen on one address. */
  boolean isReusingPorts();
}
