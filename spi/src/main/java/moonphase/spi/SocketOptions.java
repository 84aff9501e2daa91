package moonphase.spi;

/**
 * Options of a listening socket, which its connections have as well; 0 leaves each as the system
 * has it. What a transport cannot set it names once in the log, at level info.
 *
 * @param receiveBuffer {@code rcvbuf} in bytes
 * @param sendBuffer {@code sndbuf} in bytes
 * @param isDeferred {@code deferred}: a connection is accepted when its first bytes are there
 * @param fastOpen {@code fastopen}: how many connections may wait that were opened with data
 * @param keepAlive {@code so_keepalive}: 1 on, 0 off, -1 the system's default
 * @param keepIdleSeconds silence before the first probe
 * @param keepIntervalSeconds between two probes
 * @param keepCount of probes without an answer before the connection is closed
 */
public record SocketOptions(
    int receiveBuffer,
    int sendBuffer,
    boolean isDeferred,
    int fastOpen,
    int keepAlive,
    int keepIdleSeconds,
    int keepIntervalSeconds,
    int keepCount) {
  /** As the system has it. */
  public static final SocketOptions NONE = new SocketOptions(0, 0, false, 0, -1, 0, 0, 0);

  /** The same with another {@code rcvbuf}. */
  public SocketOptions withReceiveBuffer(int bytes) {
    return new SocketOptions(
        bytes,
        sendBuffer,
        isDeferred,
        fastOpen,
        keepAlive,
        keepIdleSeconds,
        keepIntervalSeconds,
        keepCount);
  }

  /** The same with another {@code sndbuf}. */
  public SocketOptions withSendBuffer(int bytes) {
    return new SocketOptions(
        receiveBuffer,
        bytes,
        isDeferred,
        fastOpen,
        keepAlive,
        keepIdleSeconds,
        keepIntervalSeconds,
        keepCount);
  }

  /** The same with {@code deferred}. */
  public SocketOptions withDeferred() {
    return new SocketOptions(
        receiveBuffer,
        sendBuffer,
        true,
        fastOpen,
        keepAlive,
        keepIdleSeconds,
        keepIntervalSeconds,
        keepCount);
  }

  /** The same with another {@code fastopen}. */
  public SocketOptions withFastOpen(int count) {
    return new SocketOptions(
        receiveBuffer,
        sendBuffer,
        isDeferred,
        count,
        keepAlive,
        keepIdleSeconds,
        keepIntervalSeconds,
        keepCount);
  }

  /** The same with another {@code so_keepalive}. */
  public SocketOptions withKeepAlive(int on, int idle, int interval, int count) {
    return new SocketOptions(
        receiveBuffer, sendBuffer, isDeferred, fastOpen, on, idle, interval, count);
  }
}
