package moonphase.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import moonphase.spi.Headers;
import moonphase.spi.HttpDate;
import moonphase.spi.ResponseHead;
import moonphase.spi.Worker;

/**
 * Writes status line and header fields in nginx's order. One for all connections of a worker;
 * worker thread only.
 *
 * <p>Source: ngx_http_header_filter.
 */
final class HeadWriter {
  private static final byte[] VERSION = latin1("HTTP/1.1 ");
  private static final byte[] SERVER = latin1("Server: ");
  private static final byte[] TYPE = latin1("Content-Type: ");
  private static final byte[] CHUNKED = latin1("Transfer-Encoding: chunked\r\n");
  private static final byte[] UPGRADE = latin1("Connection: upgrade\r\n");
  private static final byte[] KEEP_ALIVE = latin1("Connection: keep-alive\r\n");
  private static final byte[] CLOSE = latin1("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE_TIMEOUT = latin1("Keep-Alive: timeout=");

  private final Worker worker;
  private byte[] bytes = new byte[1024];
  private int size;
  private byte[] date = new byte[0];
  private long dateSecond = -1;

  HeadWriter(Worker worker) {
    this.worker = worker;
  }

  /** What was written, from 0 to {@link #size()}; valid until the next call. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /**
   * Writes a head.
   *
   * @param isChunked whether the body is framed in chunks
   * @param isKeepAlive whether the connection lives on
   */
  void write(ResponseHead head, boolean isChunked, boolean isKeepAlive) {
    Headers headers = head.headers();
    size = 0;
    append(VERSION);
    append(head.line());
    lineEnd();
    if (!head.server().isEmpty() && !headers.contains("Server")) {
      append(SERVER);
      append(head.server());
      lineEnd();
    }
    if (!headers.contains("Date")) {
      append(date());
    }
    int type = headers.indexOf("Content-Type", 0);
    int length = headers.indexOf("Content-Length", 0);
    int modified = headers.indexOf("Last-Modified", 0);
    if (type >= 0) {
      append(TYPE); // by its own name, however a script has written it
      append(headers.value(type));
      lineEnd();
    }
    field(headers, length);
    field(headers, modified);
    connection(head, isChunked, isKeepAlive);
    for (int i = 0; i < headers.size(); i++) {
      if (i != type
          && i != length
          && i != modified
          && !(isChunked && isEncoding(headers, i))
          && !isSuppression(headers, i)) {
        field(headers, i);
      }
    }
    lineEnd();
  }

  private void connection(ResponseHead head, boolean isChunked, boolean isKeepAlive) {
    if (isChunked) {
      append(CHUNKED);
    }
    if (head.status() == 101) {
      append(UPGRADE);
    } else if (!isKeepAlive) {
      append(CLOSE);
    } else {
      append(KEEP_ALIVE);
      if (head.settings().keepAliveHeader() > 0) {
        append(KEEP_ALIVE_TIMEOUT);
        append(Long.toString(head.settings().keepAliveHeader()));
        lineEnd();
      }
    }
  }

  /** A second one, made up by somebody else, would let readers differ about the body's end. */
  private static boolean isEncoding(Headers headers, int i) {
    return headers.name(i).equalsIgnoreCase("Transfer-Encoding");
  }

  /** An empty field of the server's own says that it is not to be sent. */
  private static boolean isSuppression(Headers headers, int i) {
    return headers.value(i).isEmpty()
        && (headers.name(i).equalsIgnoreCase("Server") || headers.name(i).equalsIgnoreCase("Date"));
  }

  private void field(Headers headers, int i) {
    if (i < 0) {
      return;
    }
    append(headers.name(i));
    room(2);
    bytes[size++] = ':';
    bytes[size++] = ' ';
    append(headers.value(i));
    lineEnd();
  }

  /** Copies text; a line end in it, which must not be there, does not become one on the wire. */
  private void append(String text) {
    room(text.length());
    int start = size;
    size = Latin1.copy(text, bytes, size);
    for (int i = start; i < size; i++) {
      byte c = bytes[i];
      if (c == '\n' || c == '\r' || c == 0) {
        bytes[i] = ' ';
      }
    }
  }

  private void append(byte[] constant) {
    room(constant.length);
    System.arraycopy(constant, 0, bytes, size, constant.length);
    size += constant.length;
  }

  private void lineEnd() {
    room(2);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
    }
  }

  private byte[] date() {
    long second = worker.currentMillis() / 1000;
    if (second != dateSecond) {
      date = latin1("Date: " + HttpDate.format(second) + "\r\n");
      dateSecond = second;
    }
    return date;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
