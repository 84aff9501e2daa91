package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import moonphase.spi.HttpHandler;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import moonphase.spi.ListenAddress;
import moonphase.spi.SocketOptions;
import moonphase.spi.Transport;
import moonphase.spi.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers, addresses, and the end of both. */
@Timeout(30)
class ListenersTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String CLOSE = "GET / HTTP/1.0\r\n\r\n";

  private NettyTransport transport = new NettyTransport(true);

  @AfterEach
  void stop() {
    transport.shutdown(0);
  }

  private static HttpHandler text(String text) {
    return stream -> TestServer.reply(stream, 200, text);
  }

  private static ListenAddress tcp(String host, int port) {
    return TestServer.address(host, port, "", HttpLimits.DEFAULT);
  }

  private static ListenAddress unix(Path path) {
    return TestServer.address("", 0, path.toString(), HttpLimits.DEFAULT);
  }

  private Transport.Listener bind(ListenAddress address, HttpHandler handler) throws IOException {
    return transport.bind(address, transport.workers(1), handler);
  }

  private void use(boolean isEpoll) {
    transport = new NettyTransport(isEpoll);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void usedAddress_refusedInTheSystemsWords(boolean isEpoll) throws IOException {
    use(isEpoll);
    int port = bind(tcp("127.0.0.1", 0), text("a")).port();
    IOException e = assertThrows(IOException.class, () -> bind(tcp("127.0.0.1", port), text("b")));
    assertEquals("Address already in use", e.getMessage());
    e = assertThrows(IOException.class, () -> bind(tcp("192.0.2.1", port), text("b")));
    assertEquals("Cannot assign requested address", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unixSocket_servedAndUnlinked(boolean isEpoll, @TempDir Path folder) throws Exception {
    use(isEpoll);
    Path path = folder.resolve("s");
    BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
    Transport.Listener listener =
        bind(
            unix(path),
            stream -> {
              addresses.add(stream.connection().local() + "," + stream.connection().remote());
              TestServer.reply(stream, 200, "unix");
            });
    assertEquals(-1, listener.port());
    assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    IOException e = assertThrows(IOException.class, () -> bind(unix(path), text("b")));
    assertEquals("Address already in use", e.getMessage());
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      client.write(ByteBuffer.wrap(CLOSE.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(1000);
      while (client.read(answer) >= 0) {
        // to the end
      }
      assertTrue(new String(answer.array(), 0, answer.position()).endsWith("\r\n\r\nunix"));
    }
    assertEquals(path + ",", addresses.take());
    listener.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void wildcards_boundSideBySide() throws IOException {
    Transport.Listener six = bind(tcp("::", 0), text("six"));
    bind(tcp("*", six.port()), text("four"));
    assertTrue(ask("::1", six.port()).endsWith("six"));
    assertTrue(ask("127.0.0.1", six.port()).endsWith("four"));
    assertEquals("[::]:0", six.address().text());
  }

  private static String ask(String host, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
      socket.getOutputStream().write(CLOSE.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void addresses_told() throws Exception {
    CompletableFuture<HttpStream> seen = new CompletableFuture<>();
    Transport.Listener listener =
        bind(
            tcp("::1", 0),
            stream -> {
              seen.complete(stream);
              TestServer.reply(stream, 200, "");
            });
    try (Socket socket = new Socket(InetAddress.getByName("::1"), listener.port())) {
      socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
      HttpStream stream = seen.get();
      assertEquals(socket.getLocalSocketAddress(), stream.connection().remote());
      InetSocketAddress local = (InetSocketAddress) stream.connection().local();
      assertTrue(local.getAddress() instanceof Inet6Address);
      assertEquals(listener.port(), local.getPort());
    }
  }

  @Test
  void connections_spreadOverTheWorkers() throws Exception {
    for (boolean isReusePort : new boolean[] {false, true}) {
      ListenAddress address =
          new ListenAddress(
              "127.0.0.1",
              0,
              "",
              -1,
              isReusePort,
              true,
              SocketOptions.NONE.withKeepAlive(1, 0, 0, 0),
              HttpLimits.DEFAULT);
      Set<Integer> served = ConcurrentHashMap.newKeySet();
      Transport.Listener listener =
          transport.bind(
              address,
              transport.workers(3),
              stream -> {
                assertTrue(stream.connection().worker().isCurrent());
                served.add(stream.connection().worker().index());
                TestServer.reply(stream, 200, "");
              });
      for (int i = 0; i < 300 && served.size() < 3; i++) {
        ask("127.0.0.1", listener.port());
      }
      assertEquals(Set.of(0, 1, 2), served);
      listener.close();
    }
  }

  @Test
  void workers_areThreadsOfTheirOwn() throws Exception {
    List<Worker> workers = transport.workers(2);
    assertEquals(workers.getFirst(), transport.workers(1).getFirst());
    assertEquals(workers, transport.workers(2));
    assertNotEquals(workers.get(0).threadId(), workers.get(1).threadId());
    for (Worker worker : workers) {
      assertFalse(worker.isCurrent());
      CompletableFuture<Path> comm = new CompletableFuture<>();
      worker.execute(() -> {
        assertTrue(worker.isCurrent());
        assertEquals("worker-" + worker.index(), Thread.currentThread().getName());
        comm.complete(Path.of("/proc/self/task/" + worker.threadId() + "/comm"));
      });
      String name = Files.readString(comm.get(10, TimeUnit.SECONDS)).strip();
      assertEquals("worker-" + worker.index(), name);
    }
  }

  @Test
  void time_standsStillWithinATurn() throws Exception {
    Worker worker = transport.workers(1).getFirst();
    CompletableFuture<long[]> times = new CompletableFuture<>();
    worker.execute(() -> {
      long first = worker.currentMillis();
      long until = System.currentTimeMillis() + 5;
      while (System.currentTimeMillis() < until) {
        Thread.onSpinWait();
      }
      long second = worker.currentMillis();
      worker.updateTime();
      long third = worker.currentMillis();
      worker.schedule(
          20, () -> times.complete(new long[] {first, second, third, worker.currentMillis()}));
    });
    long[] read = times.get(10, TimeUnit.SECONDS);
    assertEquals(read[0], read[1]);
    assertTrue(read[2] >= read[1] + 4);
    assertTrue(read[3] >= read[2] + 15);
  }

  @Test
  void cancelledTask_notRun() throws Exception {
    Worker worker = transport.workers(1).getFirst();
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    worker.execute(() -> {
      Worker.Cancellable cancellable = worker.schedule(1, () -> events.add("cancelled"));
      worker.schedule(20, () -> events.add("kept"));
      cancellable.cancel();
    });
    assertEquals("kept", events.poll(10, TimeUnit.SECONDS));
    assertEquals(0, events.size());
  }

  @Test
  void taskWithoutDelay_runsInATurnOfItsOwn() throws Exception {
    Worker worker = transport.workers(1).getFirst();
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    worker.execute(() -> {
      worker.schedule(
          0,
          () -> {
            worker.schedule(0, () -> events.add("posted by a posted one"));
            worker.execute(() -> events.add("executed between them"));
          });
      worker.schedule(0, () -> events.add("cancelled")).cancel();
      worker.schedule(
          0,
          () -> {
            throw new IllegalStateException("does not keep the others");
          });
      events.add("not at once");
    });
    assertEquals("not at once", events.poll(10, TimeUnit.SECONDS));
    assertEquals("executed between them", events.poll(10, TimeUnit.SECONDS));
    assertEquals("posted by a posted one", events.poll(10, TimeUnit.SECONDS));
    assertEquals(0, events.size());
  }

  @Test
  void newHandler_servesNewRequests() throws Exception {
    Transport.Listener listener = bind(tcp("127.0.0.1", 0), text("first"));
    try (TestClient client = new TestClient(listener.port())) {
      client.send(GET).readUntil("first");
      listener.handler(text("second"));
      client.send(GET).readUntil("second");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closedListener_finishesWhatHasBegun(boolean isEpoll) throws Exception {
    use(isEpoll);
    BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
    Transport.Listener listener =
        bind(
            tcp("127.0.0.1", 0),
            stream -> {
              if (stream.head().target().equals("/wait")) {
                streams.add(stream);
              } else {
                TestServer.reply(stream, 200, "quick");
              }
            });
    try (TestClient busy = new TestClient(listener.port());
        TestClient idle = new TestClient(listener.port())) {
      idle.send(GET).readUntil("quick");
      busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      HttpStream stream = streams.take();
      listener.close();
      assertEquals("", idle.readAll());
      assertThrows(IOException.class, () -> new TestClient(listener.port()));
      stream.connection().worker().execute(() -> TestServer.reply(stream, 200, "slow"));
      assertEquals(RequestsTest.response(200, "slow", "close"), busy.readAll());
    }
    bind(tcp("127.0.0.1", listener.port()), text("again"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50, 20_000})
  void shutdown_endsThreads(long graceMillis) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Transport.Listener listener =
        transport.bind(
            tcp("127.0.0.1", 0),
            transport.workers(2),
            stream -> {
              asked.countDown();
              stream
                  .connection()
                  .worker()
                  .schedule(
                      graceMillis > 1000 ? 50 : 60_000, () -> TestServer.reply(stream, 200, "x"));
            });
    try (TestClient client = new TestClient(listener.port())) {
      client.send(GET);
      asked.await();
      transport.shutdown(graceMillis);
      String answer = client.readAll();
      assertEquals(graceMillis > 1000 ? RequestsTest.response(200, "x", "close") : "", answer);
    }
    assertNoWorkerRuns();
    CountDownLatch ran = new CountDownLatch(1);
    transport.workers(1).getFirst().execute(ran::countDown);
    ran.await();
    transport.shutdown(0);
    assertNoWorkerRuns();
  }

  private static void assertNoWorkerRuns() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("worker-")));
  }

  @Test
  void responseOnItsWay_arrivesWholeAlthoughTheTransportShutsDown() throws Exception {
    byte[] body = new byte[16 << 20];
    Transport.Listener listener =
        transport.bind(
            tcp("127.0.0.1", 0),
            transport.workers(1),
            stream -> TestServer.reply(stream, 200, new String(body, StandardCharsets.ISO_8859_1)));
    try (TestClient client = new TestClient(listener.port())) {
      client.send(GET).readUntil("\r\n\r\n");
      Thread shutdown = Thread.ofVirtual().start(() -> transport.shutdown(20_000));
      assertEquals(body.length, client.readAll().length());
      shutdown.join();
    }
  }
}
