package moonphase.transport.netty;

/**
 * Reads a request line byte by byte, over as many arrivals as it takes. Offsets point into the
 * array that {@link #parse} is given, in which the line begins at 0.
 *
 * <p>Accepts and refuses what nginx 1.22.1 does. Source: ngx_http_parse_request_line.
 */
final class RequestLine {
  /** What a call has come to. */
  enum Outcome {
    /** Everything was read, and the line goes on. */
    MORE(0, ""),
    /** The line is complete. */
    DONE(0, ""),
    /** A byte that no method has. */
    BAD_METHOD(400, "client sent invalid method"),
    /** Something else that is out of place. */
    BAD_REQUEST(400, "client sent invalid request"),
    /** HTTP/2 or more. */
    BAD_VERSION(505, "client sent invalid version"),
    /** HTTP/0.9 knows GET only. */
    BAD_OLD_METHOD(400, "client sent invalid method in HTTP/0.9 request");

    final int status;
    final String complaint;

    Outcome(int status, String complaint) {
      this.status = status;
      this.complaint = complaint;
    }
  }

  private enum State {
    METHOD,
    SPACES,
    SCHEME,
    FIRST_SLASH,
    SECOND_SLASH,
    HOST_START,
    HOST,
    HOST_LITERAL,
    HOST_END,
    PORT,
    TARGET,
    AFTER_TARGET,
    PROTOCOL,
    FIRST_MAJOR,
    MAJOR,
    FIRST_MINOR,
    MINOR,
    TRAILING_SPACES,
    LINE_FEED
  }

  private static final String HTTP = "HTTP/";

  private State state = State.METHOD;
  private Outcome outcome = Outcome.MORE;
  private int matched;
  private int major;
  private int minor;
  private int position;
  private int methodEnd;
  private int hostStart;
  private int hostEnd;
  private int targetStart;
  private int targetEnd;
  private int end;

  /** Begins a new line. */
  void reset() {
    state = State.METHOD;
    outcome = Outcome.MORE;
    matched = 0;
    major = 0;
    minor = 0;
    methodEnd = 0;
    hostStart = 0;
    hostEnd = 0;
    targetStart = 0;
    targetEnd = -1;
    end = -1;
  }

  /**
   * Reads on.
   *
   * @param from where the last call has stopped
   * @param to behind the last byte that is there
   */
  Outcome parse(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && outcome == Outcome.MORE) {
      p = step(bytes, p, to);
    }
    position = p;
    if (outcome == Outcome.DONE && version() == 9 && !isGet(bytes)) {
      outcome = Outcome.BAD_OLD_METHOD;
    }
    return outcome;
  }

  /** Behind the last byte read, or at the one that is out of place. */
  int position() {
    return position;
  }

  /** End of the method; 0 as long as it is not complete. */
  int methodEnd() {
    return methodEnd;
  }

  /** Begin of an absolute URI's host; 0 if there is none. */
  int hostStart() {
    return hostStart;
  }

  int hostEnd() {
    return hostEnd;
  }

  int targetStart() {
    return targetStart;
  }

  /** End of the target; the same as its begin for a URI that ends with its host. */
  int targetEnd() {
    return targetEnd;
  }

  /** End of the line, without its line end. */
  int end() {
    return end;
  }

  /** 9, 10 or 11; what is above 1.1 is taken for 1.1. */
  int version() {
    return major == 0 ? 9 : minor == 0 ? 10 : 11;
  }

  private int step(byte[] bytes, int p, int to) {
    return switch (state) {
      case METHOD -> method(bytes, p, to);
      case SPACES -> spaces(bytes, p, to);
      case SCHEME -> scheme(bytes, p, to);
      case FIRST_SLASH -> expect(bytes[p] == '/', State.SECOND_SLASH, p);
      case SECOND_SLASH -> expect(bytes[p] == '/', State.HOST_START, p);
      case HOST_START -> hostStart(bytes, p);
      case HOST -> host(bytes, p, to);
      case HOST_LITERAL -> literal(bytes, p, to);
      case HOST_END -> hostEnd(bytes, p);
      case PORT -> port(bytes, p, to);
      case TARGET -> target(bytes, p, to);
      case AFTER_TARGET -> afterTarget(bytes, p);
      case PROTOCOL -> protocol(bytes, p);
      case FIRST_MAJOR -> firstMajor(bytes, p);
      case MAJOR -> major(bytes, p);
      case FIRST_MINOR -> firstMinor(bytes, p);
      case MINOR -> minor(bytes, p);
      case TRAILING_SPACES -> trailing(bytes, p);
      case LINE_FEED -> bytes[p] == '\n' ? done(p) : refuse(Outcome.BAD_REQUEST, p);
    };
  }

  private int method(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && (isUpper(bytes[p]) || bytes[p] == '_' || bytes[p] == '-')) {
      p++;
    }
    if (p == to) {
      return p;
    }
    if (bytes[p] != ' ' || p == 0) {
      return refuse(Outcome.BAD_METHOD, p);
    }
    methodEnd = p;
    return enter(State.SPACES, p + 1);
  }

  private int spaces(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && bytes[p] == ' ') {
      p++;
    }
    if (p == to) {
      return p;
    }
    if (bytes[p] == '/') {
      targetStart = p;
      return enter(State.TARGET, p + 1);
    }
    return expect(isLetter(bytes[p]), State.SCHEME, p);
  }

  private int scheme(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to
        && (isLetter(bytes[p])
            || isDigit(bytes[p])
            || bytes[p] == '+'
            || bytes[p] == '-'
            || bytes[p] == '.')) {
      p++;
    }
    return p == to ? p : expect(bytes[p] == ':', State.FIRST_SLASH, p);
  }

  private int hostStart(byte[] bytes, int p) {
    hostStart = p;
    return bytes[p] == '[' ? enter(State.HOST_LITERAL, p + 1) : enter(State.HOST, p);
  }

  private int host(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to
        && (isLetter(bytes[p]) || isDigit(bytes[p]) || bytes[p] == '.' || bytes[p] == '-')) {
      p++;
    }
    return p == to ? p : hostEnd(bytes, p);
  }

  private int literal(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to
        && (isLetter(bytes[p]) || isDigit(bytes[p]) || "-._~:!$&'()*+,;=".indexOf(bytes[p]) >= 0)) {
      p++;
    }
    return p == to ? p : expect(bytes[p] == ']', State.HOST_END, p);
  }

  private int hostEnd(byte[] bytes, int p) {
    hostEnd = p;
    return bytes[p] == ':' ? enter(State.PORT, p + 1) : afterAuthority(bytes, p);
  }

  private int port(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && isDigit(bytes[p])) {
      p++;
    }
    return p == to ? p : afterAuthority(bytes, p);
  }

  private int afterAuthority(byte[] bytes, int p) {
    targetStart = p;
    if (bytes[p] == '/' || bytes[p] == '?') {
      return enter(State.TARGET, p + 1);
    }
    targetEnd = p;
    return expect(bytes[p] == ' ', State.AFTER_TARGET, p);
  }

  private int target(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && (bytes[p] > ' ' || bytes[p] < 0) && bytes[p] != 0x7f) {
      p++;
    }
    if (p == to) {
      return p;
    }
    targetEnd = p;
    return bytes[p] == ' ' ? enter(State.AFTER_TARGET, p + 1) : lineEnd(bytes, p);
  }

  private int afterTarget(byte[] bytes, int p) {
    if (bytes[p] == ' ') {
      return p + 1;
    }
    return bytes[p] == 'H' ? enter(State.PROTOCOL, p) : lineEnd(bytes, p);
  }

  private int protocol(byte[] bytes, int p) {
    if (bytes[p] != HTTP.charAt(matched)) {
      return refuse(Outcome.BAD_REQUEST, p);
    }
    matched++;
    return matched == HTTP.length() ? enter(State.FIRST_MAJOR, p + 1) : p + 1;
  }

  private int firstMajor(byte[] bytes, int p) {
    if (bytes[p] < '1' || bytes[p] > '9') {
      return refuse(Outcome.BAD_REQUEST, p);
    }
    major = bytes[p] - '0';
    return major > 1 ? refuse(Outcome.BAD_VERSION, p) : enter(State.MAJOR, p + 1);
  }

  private int major(byte[] bytes, int p) {
    if (bytes[p] == '.') {
      return enter(State.FIRST_MINOR, p + 1);
    }
    return refuse(isDigit(bytes[p]) ? Outcome.BAD_VERSION : Outcome.BAD_REQUEST, p);
  }

  private int firstMinor(byte[] bytes, int p) {
    minor = bytes[p] - '0';
    return expect(isDigit(bytes[p]), State.MINOR, p);
  }

  private int minor(byte[] bytes, int p) {
    if (bytes[p] == ' ') {
      return enter(State.TRAILING_SPACES, p + 1);
    }
    if (!isDigit(bytes[p])) {
      return lineEnd(bytes, p);
    }
    if (minor > 99) {
      return refuse(Outcome.BAD_REQUEST, p);
    }
    minor = minor * 10 + bytes[p] - '0';
    return p + 1;
  }

  private int trailing(byte[] bytes, int p) {
    return bytes[p] == ' ' ? p + 1 : lineEnd(bytes, p);
  }

  private int lineEnd(byte[] bytes, int p) {
    if (bytes[p] == '\n') {
      end = p;
      return done(p);
    }
    end = p;
    return expect(bytes[p] == '\r', State.LINE_FEED, p);
  }

  private int done(int p) {
    outcome = Outcome.DONE;
    return p + 1;
  }

  private int enter(State next, int p) {
    state = next;
    return p;
  }

  private int expect(boolean isThere, State next, int p) {
    return isThere ? enter(next, p + 1) : refuse(Outcome.BAD_REQUEST, p);
  }

  private int refuse(Outcome reason, int p) {
    outcome = reason;
    return p;
  }

  private boolean isGet(byte[] bytes) {
    return methodEnd == 3 && bytes[0] == 'G' && bytes[1] == 'E' && bytes[2] == 'T';
  }

  private static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
