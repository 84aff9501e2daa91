package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import moonphase.spi.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request body out of what arrives: a number of bytes, or chunks. Worker thread only.
 *
 * <p>Source: ngx_http_parse_chunked. Deviation: extensions and trailers of a body may have 64k
 * bytes together; nginx 1.22 reads them without end.
 */
final class BodyDecoder {
  private static final long LONGEST = Long.MAX_VALUE - 5;
  private static final int MOST_DECORATION = 64 * 1024;

  private enum State {
    SIZE_START,
    SIZE,
    EXTENSION,
    SIZE_LINE_FEED,
    DATA,
    AFTER_DATA,
    DATA_LINE_FEED,
    TRAILER_START,
    TRAILER,
    TRAILER_LINE_FEED,
    LAST_LINE_FEED,
    DONE,
    BAD,
    TOO_LARGE
  }

  /** Says whether a chunk is taken. */
  interface Admission {
    /** See {@link moonphase.spi.BodyReceiver#admits}. */
    boolean admits(long received, long next);
  }

  private State state;

  /** Bytes that are missing of the body, or of the chunk under way. */
  private long missing;

  private final boolean chunked;
  private final Admission admission;

  /** The sizes of all chunks so far. */
  private long announced;

  private int decoration;
  private long consumed;

  /**
   * A body that was announced.
   *
   * @param length in bytes; -1 if it comes in chunks
   * @param admission is asked before each chunk
   */
  BodyDecoder(long length, Admission admission) {
    this.admission = admission;
    chunked = length < 0;
    missing = chunked ? 0 : length;
    state = chunked ? State.SIZE_START : length == 0 ? State.DONE : State.DATA;
  }

  /** Whether the body was read to its end. */
  boolean isComplete() {
    return state == State.DONE;
  }

  /** Whether the body cannot be read on. */
  boolean isBad() {
    return state == State.BAD || isTooLarge();
  }

  /** Whether a chunk was not taken. */
  boolean isTooLarge() {
    return state == State.TOO_LARGE;
  }

  /** Bytes taken from the wire so far. */
  long consumed() {
    return consumed;
  }

  /**
   * Takes what has arrived, up to the end of the body.
   *
   * @return a piece, which has the flag if it is the last one; null if nothing was in it
   */
  @Nullable Chunk decode(ByteBuf in) {
    int start = in.readerIndex();
    byte[] piece =
        new byte[chunked ? in.readableBytes() : (int) Math.min(missing, in.readableBytes())];
    int size = 0;
    while (in.isReadable() && state.ordinal() < State.DONE.ordinal()) {
      if (state == State.DATA) {
        int count = (int) Math.min(missing, in.readableBytes());
        in.readBytes(piece, size, count);
        size += count;
        took(count);
      } else {
        step(in.readByte());
      }
    }
    consumed += in.readerIndex() - start;
    if (size == 0) {
      return state == State.DONE ? Chunk.LAST : null;
    }
    return new Chunk.Bytes(piece, 0, size, false, state == State.DONE);
  }

  /** Takes and drops what has arrived, up to the end of the body. */
  void skip(ByteBuf in) {
    int start = in.readerIndex();
    while (in.isReadable() && state.ordinal() < State.DONE.ordinal()) {
      if (state == State.DATA) {
        int count = (int) Math.min(missing, in.readableBytes());
        in.skipBytes(count);
        took(count);
      } else {
        step(in.readByte());
      }
    }
    consumed += in.readerIndex() - start;
  }

  private void took(int count) {
    missing -= count;
    if (missing == 0) {
      state = chunked ? State.AFTER_DATA : State.DONE;
    }
  }

  private void step(byte c) {
    state =
        switch (state) {
          case SIZE_START -> Character.digit(c, 16) >= 0 ? digit(c) : State.BAD;
          case SIZE -> size(c);
          case EXTENSION -> extension(c);
          case SIZE_LINE_FEED -> c == '\n' ? data() : State.BAD;
          case AFTER_DATA ->
              c == '\r' ? State.DATA_LINE_FEED : c == '\n' ? State.SIZE_START : State.BAD;
          case DATA_LINE_FEED -> c == '\n' ? State.SIZE_START : State.BAD;
          case TRAILER_START ->
              c == '\r' ? State.LAST_LINE_FEED : c == '\n' ? State.DONE : trailer(c);
          case TRAILER -> trailer(c);
          case TRAILER_LINE_FEED -> c == '\n' ? State.TRAILER_START : State.BAD;
          case LAST_LINE_FEED -> c == '\n' ? State.DONE : State.BAD;
          case DATA, DONE, BAD, TOO_LARGE ->
              throw new IllegalStateException("no frame is read in " + state);
        };
  }

  private State digit(byte c) {
    missing = missing * 16 + Character.digit(c, 16);
    return missing > LONGEST ? State.BAD : State.SIZE;
  }

  private State size(byte c) {
    if (Character.digit(c, 16) >= 0) {
      return missing > Long.MAX_VALUE / 16 ? State.BAD : digit(c);
    }
    return switch (c) {
      case '\r' -> State.SIZE_LINE_FEED;
      case '\n' -> data();
      case ';', ' ', '\t' -> State.EXTENSION;
      default -> State.BAD;
    };
  }

  private State data() {
    if (missing == 0) {
      return State.TRAILER_START;
    }
    if (!admission.admits(announced, missing)) {
      return State.TOO_LARGE;
    }
    announced += missing;
    return State.DATA;
  }

  private State extension(byte c) {
    return switch (c) {
      case '\r' -> State.SIZE_LINE_FEED;
      case '\n' -> data();
      default -> decorated(State.EXTENSION);
    };
  }

  private State trailer(byte c) {
    return switch (c) {
      case '\r' -> State.TRAILER_LINE_FEED;
      case '\n' -> State.TRAILER_START;
      default -> decorated(State.TRAILER);
    };
  }

  private State decorated(State next) {
    return ++decoration > MOST_DECORATION ? State.BAD : next;
  }
}
