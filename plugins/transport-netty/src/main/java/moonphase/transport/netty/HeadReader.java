package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import moonphase.spi.Headers;
import moonphase.spi.HttpLimits;
import moonphase.spi.RequestHead;

/**
 * Gathers the head of a request, over as many arrivals as it takes. Worker thread only.
 *
 * <p>nginx reads a head into one buffer and, when a line does not fit its rest, goes on in a larger
 * one, of which there are a few. Here the bytes stay together, but the limits are counted as if
 * there were such buffers, so that the same requests are refused. Source:
 * ngx_http_process_request_line, ngx_http_process_request_headers,
 * ngx_http_alloc_large_header_buffer.
 */
final class HeadReader {
  private static final int LONGEST_SHOWN = 1748;

  /** The default of nginx's {@code max_headers}, which Debian's 1.22.1 has too. */
  private static final int MOST_FIELDS = 1000;

  private static final byte[] NOTHING = new byte[0];

  private enum Stage {
    IDLE,
    LINE,
    FIELDS,
    DONE
  }

  private final HttpLimits limits;
  private final HeadBuffers buffers;
  private final FieldNames names;
  private final RequestLine line = new RequestLine();
  private final HeaderLine field;
  private final HeadRules rules = new HeadRules();

  private Stage stage = Stage.IDLE;
  private boolean pipelined;
  private byte[] bytes = NOTHING;
  private int filled;
  private int parsed;

  /** Bytes that still fit the buffer that nginx would be reading into. */
  private int room;

  private int largeBuffers;
  private Headers headers = new Headers();
  private List<String> notes = List.of();
  private boolean hasLine;
  private int status;
  private String complaint = "";

  HeadReader(HttpLimits limits, HeadBuffers buffers, FieldNames names) {
    this.limits = limits;
    this.buffers = buffers;
    this.names = names;
    this.field = new HeaderLine(limits.isAllowingUnderscores());
  }

  /** Whether a head has begun and is not complete. */
  boolean hasBegun() {
    return stage != Stage.IDLE;
  }

  /**
   * Reads on.
   *
   * @param in what has arrived; what follows the head is left in it
   * @return whether the head is complete, or cannot be accepted
   */
  boolean read(ByteBuf in) {
    if (stage == Stage.IDLE && !begin(in)) {
      return false;
    }
    while (stage != Stage.DONE) {
      if (room == 0 && !enlarge()) {
        break;
      }
      int count = Math.min(in.readableBytes(), room);
      if (count == 0) {
        return false;
      }
      take(in, count);
      parse();
    }
    in.readerIndex(in.readerIndex() - (filled - parsed));
    return true;
  }

  /** The head that was read; makes ready for the next one. */
  RequestHead head() {
    RequestHead head = status == 0 ? whole() : part();
    end();
    return head;
  }

  /** Gives up a head of which some is missing. */
  RequestHead giveUp(int why, String reason) {
    refuse(why, reason + action());
    return head();
  }

  /** What is going on, as log lines say it. */
  String action() {
    return switch (stage) {
      case IDLE -> " while waiting for request";
      case LINE -> " while reading client " + (pipelined ? "pipelined " : "") + "request line";
      default -> " while reading client request headers";
    };
  }

  /** Lines for the error log that the last head gave rise to; usually none. */
  List<String> takeNotes() {
    List<String> taken = notes;
    notes = List.of();
    return taken;
  }

  /** Says whether the next head follows another one's bytes at once. */
  void pipelined(boolean follows) {
    pipelined = follows;
  }

  /** What the head's fields mean to the wire; valid until the next head begins. */
  HeadRules rules() {
    return rules;
  }

  /** Lets go of the memory. */
  void end() {
    stage = Stage.IDLE;
    buffers.giveBack(bytes);
    bytes = NOTHING;
    filled = 0;
    parsed = 0;
  }

  private boolean begin(ByteBuf in) {
    while (in.isReadable()) {
      byte c = in.getByte(in.readerIndex());
      if (c != '\r' && c != '\n') {
        stage = Stage.LINE;
        bytes = buffers.take();
        room = limits.headerBufferSize();
        largeBuffers = 0;
        status = 0;
        complaint = "";
        hasLine = false;
        notes = List.of();
        headers = new Headers();
        line.reset();
        field.reset();
        rules.reset();
        return true;
      }
      in.skipBytes(1);
    }
    return false;
  }

  private void take(ByteBuf in, int count) {
    if (bytes.length < filled + count) {
      bytes = Arrays.copyOf(bytes, Math.max(filled + count, bytes.length * 2));
    }
    in.readBytes(bytes, filled, count);
    filled += count;
    room -= count;
  }

  private void parse() {
    if (stage == Stage.LINE) {
      RequestLine.Outcome outcome = line.parse(bytes, parsed, filled);
      parsed = line.position();
      if (outcome == RequestLine.Outcome.MORE) {
        return;
      }
      hasLine =
          outcome == RequestLine.Outcome.DONE || outcome == RequestLine.Outcome.BAD_OLD_METHOD;
      if (outcome != RequestLine.Outcome.DONE) {
        refuse(outcome.status, outcome.complaint + action());
        return;
      }
      if (line.hostStart() > 0 && !HeadRules.isHost(host())) {
        refuse(400, "client sent invalid host in request line" + action());
        return;
      }
      stage = line.version() == 9 ? Stage.DONE : Stage.FIELDS;
    }
    while (stage == Stage.FIELDS && parsed < filled) {
      HeaderLine.Outcome outcome = field.parse(bytes, parsed, filled);
      parsed = field.position();
      switch (outcome) {
        case MORE -> {
          return;
        }
        case LINE -> add();
        case END -> finish();
        case BAD -> refuse(400, badLine());
      }
    }
  }

  private void add() {
    if (field.isOdd() && limits.isIgnoringInvalidHeaders()) {
      note(
          "client sent invalid header line: \""
              + Latin1.text(bytes, field.start(), field.valueEnd())
              + "\""
              + action());
      return;
    }
    if (headers.size() == MOST_FIELDS) {
      refuse(494, "client sent too many header lines" + action());
      return;
    }
    FieldNames.Name name = names.name(bytes, field.start(), field.nameEnd());
    String value = Latin1.text(bytes, field.valueStart(), field.valueEnd());
    String problem = rules.field(name, value, headers);
    headers.add(name.text(), value);
    if (!problem.isEmpty()) {
      refuse(400, problem + action());
    }
  }

  private void finish() {
    rules.end(line.version(), HeadRules.method(bytes, line.methodEnd()));
    if (rules.status() != 0) {
      refuse(rules.status(), rules.complaint() + action());
    }
    stage = Stage.DONE;
  }

  private void note(String text) {
    if (notes.isEmpty()) {
      notes = new ArrayList<>(2);
    }
    notes.add(text);
  }

  private String badLine() {
    int shown = field.valueEnd();
    return "client sent invalid header line: \""
        + Latin1.text(bytes, field.start(), shown)
        + String.format("\\x%02x...\"", bytes[shown] & 0xff)
        + action();
  }

  private void refuse(int why, String reason) {
    status = why;
    complaint = reason;
    stage = Stage.DONE;
  }

  /** Goes on in another large buffer; false if there is none or the line does not fit it. */
  private boolean enlarge() {
    boolean isLine = stage == Stage.LINE;
    int partial = isLine ? filled : field.isBetweenLines() ? 0 : filled - field.start();
    if (partial < limits.largeHeaderSize() && largeBuffers < limits.largeHeaderCount()) {
      largeBuffers++;
      room = limits.largeHeaderSize() - partial;
      return true;
    }
    if (isLine) {
      refuse(414, "client sent too long URI" + action());
    } else if (field.isBetweenLines() && headers.size() == 0) {
      refuse(494, "client sent too large request" + action());
    } else {
      int end = Math.min(filled, field.start() + LONGEST_SHOWN);
      refuse(
          494,
          "client sent too long header line: \""
              + Latin1.text(bytes, field.start(), end)
              + "...\""
              + action());
    }
    return false;
  }

  private RequestHead whole() {
    return new RequestHead(
        HeadRules.method(bytes, line.methodEnd()),
        target(),
        line.version(),
        headers,
        Latin1.text(bytes, 0, line.end()),
        Latin1.text(bytes, 0, parsed),
        host(),
        parsed,
        0,
        "");
  }

  /** What can be told of a head that is not accepted. */
  private RequestHead part() {
    return new RequestHead(
        HeadRules.method(bytes, line.methodEnd()),
        hasLine ? target() : "",
        hasLine ? line.version() : 10,
        headers,
        requestLine(),
        Latin1.text(bytes, 0, parsed),
        hasLine ? host() : "",
        parsed,
        status,
        complaint);
  }

  private String target() {
    String target = Latin1.text(bytes, line.targetStart(), line.targetEnd());
    return target.startsWith("/") ? target : "/" + target;
  }

  private String host() {
    return Latin1.text(bytes, line.hostStart(), line.hostEnd());
  }

  /** The request line, or what has come of it. */
  String requestLine() {
    if (hasLine) {
      return Latin1.text(bytes, 0, line.end());
    }
    int end = 0;
    while (end < filled && bytes[end] != '\r' && bytes[end] != '\n') {
      end++;
    }
    return Latin1.text(bytes, 0, end);
  }
}
