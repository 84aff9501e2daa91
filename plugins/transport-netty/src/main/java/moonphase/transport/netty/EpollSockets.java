package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.SocketAddress;
import moonphase.spi.ListenAddress;
import moonphase.spi.SocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sockets on Linux' epoll. */
final class EpollSockets implements Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(EpollSockets.class);
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final IntegerUnixChannelOption V6_ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY);

  private static final int SOL_SOCKET = 1;
  private static final IntegerUnixChannelOption SEND_BUFFER = socket("SO_SNDBUF", 7);
  private static final IntegerUnixChannelOption RECEIVE_BUFFER = socket("SO_RCVBUF", 8);
  private static final IntegerUnixChannelOption KEEP_ALIVE = socket("SO_KEEPALIVE", 9);

  private static final int IPPROTO_TCP = 6;
  private static final IntegerUnixChannelOption KEEP_IDLE = tcp("TCP_KEEPIDLE", 4);
  private static final IntegerUnixChannelOption KEEP_INTERVAL = tcp("TCP_KEEPINTVL", 5);
  private static final IntegerUnixChannelOption KEEP_COUNT = tcp("TCP_KEEPCNT", 6);
  private static final IntegerUnixChannelOption DEFER_ACCEPT = tcp("TCP_DEFER_ACCEPT", 9);
  private static final IntegerUnixChannelOption FAST_OPEN = tcp("TCP_FASTOPEN", 23);

  private static IntegerUnixChannelOption socket(String name, int number) {
    return new IntegerUnixChannelOption(name, SOL_SOCKET, number);
  }

  private static IntegerUnixChannelOption tcp(String name, int number) {
    return new IntegerUnixChannelOption(name, IPPROTO_TCP, number);
  }

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public IoHandlerFactory selectors() {
    return EpollIoHandler.newFactory();
  }

  @Override
  public Channel listener(ListenAddress address, boolean inet6) {
    if (!address.unixPath().isEmpty()) {
      return new EpollServerDomainSocketChannel();
    }
    EpollServerSocketChannel channel =
        new EpollServerSocketChannel(
            inet6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    if (inet6) {
      channel.config().setOption(V6_ONLY, address.isIpv6Only() ? 1 : 0);
    }
    if (address.isReusePort()) {
      channel.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
    }
    return channel;
  }

  @Override
  public void backlog(Channel listener, int backlog) {
    if (((UnixChannel) listener).fd() instanceof Socket socket) {
      try {
        socket.listen(backlog);
      } catch (IOException e) {
        LOG.error("listen() with backlog {} failed", backlog, e);
      }
    }
  }

  @Override
  public void set(Channel listener, SocketOptions options) {
    set(listener, RECEIVE_BUFFER, options.receiveBuffer());
    set(listener, SEND_BUFFER, options.sendBuffer());
    set(listener, DEFER_ACCEPT, options.isDeferred() ? 1 : 0);
    set(listener, FAST_OPEN, options.fastOpen());
    if (options.keepAlive() >= 0) {
      listener.config().setOption(KEEP_ALIVE, options.keepAlive());
      set(listener, KEEP_IDLE, options.keepIdleSeconds());
      set(listener, KEEP_INTERVAL, options.keepIntervalSeconds());
      set(listener, KEEP_COUNT, options.keepCount());
    }
  }

  private static void set(Channel listener, IntegerUnixChannelOption option, int value) {
    if (value > 0) {
      listener.config().setOption(option, value);
    }
  }

  @Override
  public void send(Channel connection, ByteBuf buffer) throws IOException {
    if (buffer.hasMemoryAddress() && ((UnixChannel) connection).fd() instanceof Socket socket) {
      buffer.skipBytes(
          socket.sendAddress(buffer.memoryAddress(), buffer.readerIndex(), buffer.writerIndex()));
    }
  }

  @Override
  public SocketAddress unix(String path) {
    return new DomainSocketAddress(path);
  }

  @Override
  public boolean isReusingPorts() {
    return true;
  }
}
