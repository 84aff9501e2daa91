package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import moonphase.spi.ListenAddress;
import moonphase.spi.SocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's sockets, where epoll does not load. */
final class NioSockets implements Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(NioSockets.class);

  @Override
  public String name() {
    return "NIO";
  }

  @Override
  public IoHandlerFactory selectors() {
    return NioIoHandler.newFactory();
  }

  @Override
  public Channel listener(ListenAddress address, boolean inet6) {
    if (!address.unixPath().isEmpty()) {
      return new NioServerDomainSocketChannel();
    }
    if (inet6 && address.isIpv6Only()) {
      LOG.info("{} takes IPv4 connections as well: the JDK cannot tell them apart", address.text());
    }
    return new NioServerSocketChannel(
        SelectorProvider.provider(),
        inet6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
  }

  @Override
  public void backlog(Channel listener, int backlog) {
    LOG.warn("the JDK's sockets keep their backlog until they are bound anew");
  }

  @Override
  public void set(Channel listener, SocketOptions options) {
    if (options.receiveBuffer() > 0) {
      listener.config().setOption(ChannelOption.SO_RCVBUF, options.receiveBuffer());
    }
    if (!options.withReceiveBuffer(0).equals(SocketOptions.NONE)) {
      LOG.info("the JDK's listening sockets have no option but rcvbuf; the others are left");
    }
  }

  @Override
  public void send(Channel connection, ByteBuf buffer) {
    // only the channel can
  }

  @Override
  public SocketAddress unix(String path) {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public boolean isReusingPorts() {
    return false;
  }
}
