package moonphase.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.Response;
import moonphase.spi.Verdict;

/** The parts of a file that a request asked for. Worker thread only. */
final class Ranges {
  private static final Pattern RANGE = Pattern.compile(" *(\\d*) *- *(\\d*) *");
  private static final int MULTIPART_OVERHEAD = 256;
  private static final int MULTIPART_ALLOWANCE = 4096;

  private final List<Range> parts;
  private final long size;
  private final String boundary;
  private String partType = "";

  /** From {@code start} to before {@code end}, in bytes. */
  private record Range(long start, long end) {
    long length() {
      return end - start;
    }
  }

  private Ranges(List<Range> parts, long size, String boundary) {
    this.parts = parts;
    this.size = size;
    this.boundary = boundary;
  }

  /**
   * Reads a list such as {@code 0-4,-1}.
   *
   * @param size of the file in bytes
   * @param max how many ranges are served; more of them, or more bytes than the file has, are
   *     answered with the whole file
   * @param number makes the boundary between parts unique
   * @return absent if the list is malformed or asks for nothing that is there
   */
  static Optional<Ranges> parse(String list, long size, int max, long number) {
    List<Range> parts = new ArrayList<>();
    long sum = 0;
    Ranges whole = new Ranges(List.of(), size, "");
    for (String item : list.split(",", -1)) {
      Matcher range = RANGE.matcher(item);
      if (!range.matches() || range.group(1).length() > 18 || range.group(2).length() > 18) {
        return Optional.empty();
      }
      if (range.group(1).isEmpty() && range.group(2).isEmpty()) {
        return Optional.empty();
      }
      Range part = resolve(range.group(1), range.group(2), size);
      if (part.length() > 0) {
        parts.add(part);
        sum += part.length();
        if (parts.size() > max) {
          return Optional.of(whole);
        }
      } else if (part.start == 0) {
        return Optional.of(whole);
      }
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    if (parts.size() > 1 && isTooMuch(sum, parts.size(), size, max)) {
      return Optional.of(whole);
    }
    return Optional.of(
        new Ranges(List.copyOf(parts), size, "%020d".formatted(number & Long.MAX_VALUE)));
  }

  private static Range resolve(String from, String to, long size) {
    if (from.isEmpty()) {
      long suffix = Long.parseLong(to);
      return new Range(Math.max(0, size - suffix), suffix == 0 ? 0 : size);
    }
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    return new Range(Long.parseLong(from), last + 1);
  }

  private static boolean isTooMuch(long sum, int count, long size, int max) {
    return sum > size
        || max == Integer.MAX_VALUE
            && sum + (long) count * MULTIPART_OVERHEAD > size + MULTIPART_ALLOWANCE;
  }

  /** Whether the whole file is the better answer. */
  boolean isWhole() {
    return parts.isEmpty();
  }

  /** Writes the fields of a partial answer. */
  void describe(Headers headers) {
    if (parts.size() == 1) {
      headers.set("Content-Range", "bytes " + position(parts.getFirst()));
      headers.set("Content-Length", Long.toString(parts.getFirst().length()));
      return;
    }
    String type = headers.get("Content-Type");
    partType = type == null ? "" : type;
    long length = end().length();
    for (Range part : parts) {
      length += opening(part).length() + part.length();
    }
    headers.set("Content-Length", Long.toString(length));
    headers.set("Content-Type", "multipart/byteranges; boundary=" + boundary);
    headers.remove("Content-Range");
  }

  private String position(Range part) {
    return part.start + "-" + (part.end - 1) + "/" + size;
  }

  private String opening(Range part) {
    return "\r\n--"
        + boundary
        + (partType.isEmpty() ? "" : "\r\nContent-Type: " + partType)
        + "\r\nContent-Range: bytes "
        + position(part)
        + "\r\n\r\n";
  }

  private String end() {
    return "\r\n--" + boundary + "--\r\n";
  }

  /** Sends the parts of a file, and with that the whole response. */
  Verdict send(Response response, OpenFile file) {
    if (parts.size() == 1) {
      Range part = parts.getFirst();
      return response.send(file.slice(part.start, part.length(), true));
    }
    List<Chunk> chunks = new ArrayList<>();
    for (Range part : parts) {
      chunks.add(Chunk.of(opening(part)));
      chunks.add(file.slice(part.start, part.length(), false));
    }
    chunks.add(Chunk.of(end()).with(false, true));
    Verdict verdict = Verdict.OK;
    for (Chunk chunk : chunks) {
      if (verdict == Verdict.OK) {
        verdict = response.send(chunk);
      } else {
        chunk.release();
      }
    }
    return verdict;
  }
}
