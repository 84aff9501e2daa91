package moonphase.http.gzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body on its way out of gzip members, however it is cut into pieces. Worker thread only; {@link
 * #end} gives its memory back.
 *
 * <p>Source: RFC 1952.
 */
final class Expansion {
  private static final int OUTPUT = 16 * 1024;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int[] MAGIC = {0x1f, 0x8b, 8};
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** What comes next. */
  private enum State {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CHECKSUM,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream(OUTPUT);
  private final byte[] buffer = new byte[OUTPUT];
  private State state = State.HEADER;

  /** How many bytes of the state were read, or are left of it. */
  private int count;

  private int flags;
  private long trailer;
  private boolean ended;

  Expansion() {}

  /**
   * Takes bytes.
   *
   * @throws IOException if they are not what gzip writes
   */
  void add(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (state == State.DATA) {
        at = end - inflate(bytes, at, end - at);
      } else {
        step(bytes[at++] & 0xff);
      }
    }
  }

  /** Expands; returns how many bytes are left behind the data. */
  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    inflater.setInput(bytes, offset, length);
    try {
      while (!inflater.finished()) {
        int inflated = inflater.inflate(buffer);
        if (inflated == 0 && !inflater.finished()) {
          if (inflater.needsDictionary()) {
            throw new IOException("a dictionary is needed");
          }
          return 0;
        }
        checksum.update(buffer, 0, inflated);
        output.write(buffer, 0, inflated);
      }
    } catch (DataFormatException malformed) {
      throw new IOException(malformed);
    }
    enter(State.TRAILER, 0);
    trailer = 0;
    return inflater.getRemaining();
  }

  private void enter(State next, int number) {
    state = next;
    count = number;
  }

  /** Reads a byte of what is around the data. */
  private void step(int octet) throws IOException {
    switch (state) {
      case HEADER -> header(octet);
      case EXTRA_LENGTH -> {
        flags |= count == 0 ? octet << 8 : octet << 16;
        count++;
        if (count == 2) {
          int extra = flags >>> 8;
          flags &= 0xff;
          enter(State.EXTRA, extra);
          skipEmpty();
        }
      }
      case EXTRA -> {
        count--;
        skipEmpty();
      }
      case NAME, COMMENT -> {
        if (octet == 0) {
          afterText();
        }
      }
      case HEADER_CHECKSUM -> {
        count++;
        if (count == 2) {
          beginData();
        }
      }
      case TRAILER -> trailer(octet);
      case DATA -> throw new IllegalStateException("data is not read by bytes");
    }
  }

  private void header(int octet) throws IOException {
    if (count < MAGIC.length && octet != MAGIC[count]) {
      throw new IOException("no gzip header");
    }
    if (count == MAGIC.length) {
      flags = octet;
      if ((octet & RESERVED) != 0) {
        throw new IOException("unknown flags in a gzip header");
      }
    }
    count++;
    if (count == FIXED_HEADER) {
      if ((flags & HAS_EXTRA) != 0) {
        enter(State.EXTRA_LENGTH, 0);
      } else {
        afterExtra();
      }
    }
  }

  private void skipEmpty() {
    if (count == 0) {
      afterExtra();
    }
  }

  private void afterExtra() {
    if ((flags & HAS_NAME) != 0) {
      enter(State.NAME, 0);
    } else {
      afterName();
    }
  }

  private void afterText() {
    if (state == State.NAME) {
      afterName();
    } else {
      afterComment();
    }
  }

  private void afterName() {
    if ((flags & HAS_COMMENT) != 0) {
      enter(State.COMMENT, 0);
    } else {
      afterComment();
    }
  }

  private void afterComment() {
    if ((flags & HAS_CHECKSUM) != 0) {
      enter(State.HEADER_CHECKSUM, 0);
    } else {
      beginData();
    }
  }

  private void beginData() {
    inflater.reset();
    checksum.reset();
    enter(State.DATA, 0);
  }

  private void trailer(int octet) throws IOException {
    trailer |= (long) octet << count * 8;
    count++;
    if (count < TRAILER) {
      return;
    }
    if ((trailer & 0xffff_ffffL) != checksum.getValue()
        || trailer >>> 32 != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new IOException("checksum or length do not fit");
    }
    enter(State.HEADER, 0);
  }

  /** Whether the last member was complete. */
  boolean isComplete() {
    return state == State.HEADER && count == 0;
  }

  /** What has come out since the last call. */
  byte[] take() {
    byte[] taken = output.toByteArray();
    output.reset();
    return taken;
  }

  /** Gives the memory back; further calls do nothing. */
  void end() {
    if (!ended) {
      ended = true;
      inflater.end();
    }
  }
}
