package moonphase.transport.netty;

/**
 * Reads one header line after another, over as many arrivals as it takes. Offsets point into the
 * array that {@link #parse} is given.
 *
 * <p>Accepts and refuses what nginx 1.22.1 does. Source: ngx_http_parse_header_line.
 */
final class HeaderLine {
  /** What a call has come to. */
  enum Outcome {
    /** Everything was read, and the line goes on. */
    MORE,
    /** A line is complete. */
    LINE,
    /** The empty line behind the last one was read. */
    END,
    /** A byte is out of place. */
    BAD
  }

  private enum State {
    START,
    NAME,
    BEFORE_VALUE,
    VALUE,
    LINE_FEED,
    LAST_LINE_FEED
  }

  /** For each byte whether a name may have it: a letter, a digit or a hyphen. */
  private static final boolean[] NAME_BYTES = new boolean[256];

  static {
    for (int c = 0; c < 128; c++) {
      NAME_BYTES[c] = Character.isLetterOrDigit(c) || c == '-';
    }
  }

  private final boolean isAllowingUnderscores;
  private State state = State.START;
  private Outcome outcome = Outcome.MORE;
  private int position;
  private int start;
  private int nameEnd;
  private int valueStart;
  private int valueEnd;
  private boolean odd;

  HeaderLine(boolean isAllowingUnderscores) {
    this.isAllowingUnderscores = isAllowingUnderscores;
  }

  /** Begins a new header. */
  void reset() {
    state = State.START;
  }

  /**
   * Reads on, to the end of the line at most.
   *
   * @param from where the last call has stopped
   * @param to behind the last byte that is there
   */
  Outcome parse(byte[] bytes, int from, int to) {
    int p = from;
    outcome = Outcome.MORE;
    while (p < to && outcome == Outcome.MORE) {
      p =
          switch (state) {
            case START -> start(bytes, p);
            case NAME -> name(bytes, p, to);
            case BEFORE_VALUE -> beforeValue(bytes, p, to);
            case VALUE -> value(bytes, p, to);
            case LINE_FEED -> lineFeed(bytes, p);
            case LAST_LINE_FEED -> bytes[p] == '\n' ? end(Outcome.END, p + 1) : refuse(p, valueEnd);
          };
    }
    position = p;
    return outcome;
  }

  /** Behind the last byte read. */
  int position() {
    return position;
  }

  /** Whether the next byte begins a line. */
  boolean isBetweenLines() {
    return state == State.START;
  }

  /** Begin of the line and of its name. */
  int start() {
    return start;
  }

  int nameEnd() {
    return nameEnd;
  }

  int valueStart() {
    return valueStart;
  }

  /** End of the value; of a line refused the byte to show. */
  int valueEnd() {
    return valueEnd;
  }

  /** Whether the name has a byte that names should not have. */
  boolean isOdd() {
    return odd;
  }

  private int start(byte[] bytes, int p) {
    start = p;
    odd = false;
    if (bytes[p] == '\r') {
      valueEnd = p;
      return enter(State.LAST_LINE_FEED, p + 1);
    }
    if (bytes[p] == '\n') {
      valueEnd = p;
      return end(Outcome.END, p + 1);
    }
    return bytes[p] == ':' ? refuse(p, p) : enter(State.NAME, p);
  }

  private int name(byte[] bytes, int from, int to) {
    for (int p = from; p < to; p++) {
      int c = bytes[p] & 0xff;
      if (NAME_BYTES[c]) {
        continue;
      }
      if (c == ':') {
        nameEnd = p;
        return enter(State.BEFORE_VALUE, p + 1);
      }
      if (c <= ' ' || c == 0x7f) {
        return p > start && (c == '\r' || c == '\n') ? nameOnly(bytes, p) : refuse(p, p);
      }
      odd |= c != '_' || !isAllowingUnderscores;
    }
    return to;
  }

  /** A line without a colon is a field without a value. */
  private int nameOnly(byte[] bytes, int p) {
    nameEnd = p;
    return empty(bytes, p);
  }

  private int empty(byte[] bytes, int p) {
    valueStart = p;
    valueEnd = p;
    return bytes[p] == '\n' ? end(Outcome.LINE, p + 1) : enter(State.LINE_FEED, p + 1);
  }

  private int beforeValue(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && bytes[p] == ' ') {
      p++;
    }
    if (p == to) {
      return p;
    }
    if (bytes[p] == '\r' || bytes[p] == '\n') {
      return empty(bytes, p);
    }
    valueStart = p;
    valueEnd = p;
    return enter(State.VALUE, p);
  }

  private int value(byte[] bytes, int from, int to) {
    for (int p = from; p < to; p++) {
      byte c = bytes[p];
      if (c > ' ' || c < 0) {
        valueEnd = p + 1;
      } else if (c == '\r') {
        return enter(State.LINE_FEED, p + 1);
      } else if (c == '\n') {
        return end(Outcome.LINE, p + 1);
      } else if (c == 0) {
        return refuse(p, p);
      } else if (c != ' ') {
        valueEnd = p + 1;
      }
    }
    return to;
  }

  private int lineFeed(byte[] bytes, int p) {
    if (bytes[p] == '\n') {
      return end(Outcome.LINE, p + 1);
    }
    return bytes[p] == '\r' ? p + 1 : refuse(p, valueEnd);
  }

  private int end(Outcome reached, int p) {
    state = State.START;
    outcome = reached;
    return p;
  }

  private int enter(State next, int p) {
    state = next;
    return p;
  }

  private int refuse(int p, int shown) {
    outcome = Outcome.BAD;
    valueEnd = shown;
    return p;
  }
}
