package moonphase.transport.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.HttpHandler;
import moonphase.spi.ListenAddress;
import moonphase.spi.LogLevel;
import moonphase.spi.Transport;
import moonphase.spi.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound address: one socket whose connections go to the workers in turn, or one socket for each
 * worker.
 *
 * <p>Threads: any; accepting happens on the loops of the sockets.
 */
@Sharable
final class NettyListener extends ChannelInboundHandlerAdapter implements Transport.Listener {
  private static final int DEFAULT_BACKLOG = 511;
  private static final long PAUSE_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(NettyListener.class);

  private final Sockets kind;
  private volatile ListenAddress address;
  private volatile List<NettyWorker> workers;
  private final AtomicLong connections;
  private final List<Channel> sockets = new ArrayList<>();
  private volatile HttpHandler handler;
  private volatile boolean closed;
  private int turn = -1;

  private NettyListener(
      Sockets kind,
      ListenAddress address,
      List<NettyWorker> workers,
      AtomicLong connections,
      HttpHandler handler) {
    this.kind = kind;
    this.address = address;
    this.workers = workers;
    this.connections = connections;
    this.handler = handler;
  }

  /** Binds an address; blocks until bound. */
  static NettyListener bind(
      Sockets kind,
      ListenAddress address,
      List<NettyWorker> workers,
      AtomicLong connections,
      HttpHandler handler)
      throws IOException {
    NettyListener listener = new NettyListener(kind, address, workers, connections, handler);
    SocketAddress where = resolve(kind, address);
    boolean each = address.isReusePort() && kind.isReusingPorts() && address.unixPath().isEmpty();
    try {
      for (NettyWorker worker : each ? workers : workers.subList(0, 1)) {
        Channel socket = listener.open(kind, where, worker);
        where = address.unixPath().isEmpty() ? socket.localAddress() : where;
      }
      if (!address.unixPath().isEmpty()) {
        Files.setPosixFilePermissions(
            Path.of(address.unixPath()), PosixFilePermissions.fromString("rw-rw-rw-"));
      }
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  private static SocketAddress resolve(Sockets kind, ListenAddress address) throws IOException {
    if (!address.unixPath().isEmpty()) {
      if (Files.exists(Path.of(address.unixPath()), LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("Address already in use"); // Netty would unlink the file
      }
      return kind.unix(address.unixPath());
    }
    String host = address.host().equals("*") ? "0.0.0.0" : address.host();
    try {
      return new InetSocketAddress(InetAddress.getByName(host), address.port());
    } catch (UnknownHostException e) {
      throw new IOException("host not found", e);
    }
  }

  private Channel open(Sockets kind, SocketAddress where, NettyWorker worker) throws IOException {
    boolean inet6 =
        where instanceof InetSocketAddress inet
            && inet.getAddress() instanceof java.net.Inet6Address;
    Channel socket = kind.listener(address, inet6);
    socket
        .config()
        .setOption(
            ChannelOption.SO_BACKLOG, address.backlog() < 0 ? DEFAULT_BACKLOG : address.backlog());
    if (address.unixPath().isEmpty()) {
      socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
      kind.set(socket, address.options());
    }
    socket.pipeline().addLast(this);
    await(worker.loop().register(socket));
    ChannelFuture bound = socket.bind(where).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      socket.close().awaitUninterruptibly();
    }
    await(bound);
    sockets.add(socket);
    return socket;
  }

  private static void await(ChannelFuture step) throws IOException {
    Throwable cause = step.awaitUninterruptibly().cause();
    if (cause != null) {
      throw new IOException(systemText(cause), cause);
    }
  }

  /** What the system says, without the words around it: {@code Address already in use}. */
  private static String systemText(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.lastIndexOf("): ");
    return end < 0 ? message : message.substring(end + 3);
  }

  /** With the error's number, as far as it is known. */
  private static String numbered(String text) {
    return text.equals("Too many open files") ? "24: " + text : text;
  }

  @Override
  public ListenAddress address() {
    return address;
  }

  @Override
  public int port() {
    return sockets.getFirst().localAddress() instanceof InetSocketAddress inet
        ? inet.getPort()
        : -1;
  }

  @Override
  public void handler(HttpHandler next) {
    handler = next;
  }

  @Override
  public void reconfigure(ListenAddress next, List<Worker> serving, HttpHandler nextHandler) {
    if (next.backlog() != address.backlog()) {
      for (Channel socket : sockets) {
        kind.backlog(socket, next.backlog() < 0 ? DEFAULT_BACKLOG : next.backlog());
      }
    }
    List<NettyWorker> all = serving.stream().map(NettyWorker.class::cast).toList();
    workers = all;
    if (address.isReusePort() && kind.isReusingPorts() && address.unixPath().isEmpty()) {
      openFor(all.subList(Math.min(sockets.size(), all.size()), all.size()));
    }
    address = next;
    handler = nextHandler;
  }

  /** Opens sockets for workers that came after the address was bound. */
  private void openFor(List<NettyWorker> added) {
    for (NettyWorker worker : added) {
      try {
        open(kind, sockets.getFirst().localAddress(), worker);
      } catch (IOException e) {
        LOG.error("bind() to {} for another worker failed", address.text(), e);
      }
    }
  }

  /** What its connections are made of. */
  Sockets kind() {
    return kind;
  }

  HttpHandler handler() {
    return handler;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Channel socket : sockets) {
      ChannelFuture gone = socket.close();
      if (!socket.eventLoop().inEventLoop()) {
        gone.awaitUninterruptibly();
        workerOf(socket).awaitTurn();
      }
    }
    if (!address.unixPath().isEmpty() && !sockets.isEmpty()) {
      try {
        Files.deleteIfExists(Path.of(address.unixPath()));
      } catch (IOException e) {
        LOG.warn("unlink() {} failed", address.unixPath(), e);
      }
    }
    for (NettyWorker worker : workers) {
      worker.closeIdle(connection -> connection.listener() == this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel channel = (Channel) message;
    List<NettyWorker> serving = workers;
    turn = (turn + 1) % serving.size();
    NettyWorker worker = sockets.size() > 1 ? workerOf(context.channel()) : serving.get(turn);
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    channel.config().setMessageSizeEstimator(PieceSizes.INSTANCE);
    channel.config().setRecvByteBufAllocator(worker.readBuffers());
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel
        .pipeline()
        .addLast(new HttpConnection(channel, this, worker, connections.incrementAndGet()));
    worker
        .loop()
        .register(channel)
        .addListener(registered -> {
          if (!registered.isSuccess()) {
            channel.unsafe().closeForcibly();
          }
        });
  }

  private NettyWorker workerOf(Channel socket) {
    for (NettyWorker worker : workers) {
      if (worker.loop() == socket.eventLoop()) {
        return worker;
      }
    }
    throw new IllegalStateException("a socket on no worker");
  }

  /** Accepting has failed, for lack of descriptors as a rule: it is tried again a little later. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Channel socket = context.channel();
    handler.note(
        workerOf(socket), LogLevel.CRIT, "accept4() failed (" + numbered(systemText(cause)) + ")");
    if (socket.config().isAutoRead()) {
      socket.config().setAutoRead(false);
      socket
          .eventLoop()
          .schedule(() -> socket.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
