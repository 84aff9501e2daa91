package moonphase.http.headers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.HttpDate;
import moonphase.spi.Quantity;
import moonphase.spi.Template;

/**
 * {@code expires}: sets {@code Expires} and {@code Cache-Control}. Immutable.
 *
 * <p>Source: ngx_http_set_expires, ngx_http_parse_expires.
 *
 * @param kind what the time counts from
 * @param seconds the time; negative: before
 * @param variable the value if it has variables; it may say another kind each time
 */
record Expires(Kind kind, long seconds, Optional<Template> variable) {
  private static final long DAY = 24 * 60 * 60;

  /** A million years; dates that are much later cannot be expressed. */
  private static final long LONGEST = 365_000_000 * DAY;

  /** What a time counts from. */
  enum Kind {
    OFF,
    EPOCH,
    MAX,
    /** The request. */
    ACCESS,
    /** The last change of what is sent. */
    MODIFIED,
    /** Midnight. */
    DAILY
  }

  /** Reads {@code expires [modified] time}, and {@code epoch}, {@code max}, {@code off}. */
  static Expires read(Arguments args) {
    boolean isModified = args.size() == 2;
    if (isModified && !args.get(0).equals("modified")) {
      throw args.error("\"expires\" directive invalid value");
    }
    Kind kind = isModified ? Kind.MODIFIED : Kind.ACCESS;
    Template value = args.template(args.size() - 1);
    if (!value.isConstant()) {
      return new Expires(kind, 0, Optional.of(value));
    }
    try {
      return parse(value.source(), kind);
    } catch (IllegalArgumentException invalid) {
      throw args.error("\"expires\" directive " + invalid.getMessage());
    }
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException in nginx's words
   */
  private static Expires parse(String text, Kind kind) {
    if (kind != Kind.MODIFIED) {
      switch (text) {
        case "epoch":
          return new Expires(Kind.EPOCH, 0, Optional.empty());
        case "max":
          return new Expires(Kind.MAX, 0, Optional.empty());
        case "off":
          return new Expires(Kind.OFF, 0, Optional.empty());
        default:
      }
    }
    boolean isDaily = text.startsWith("@");
    if (isDaily && kind == Kind.MODIFIED) {
      throw new IllegalArgumentException("daily time cannot be used with \"modified\" parameter");
    }
    boolean isSigned = isDaily || text.startsWith("+") || text.startsWith("-");
    long seconds = seconds(isSigned ? text.substring(1) : text);
    if (isDaily && seconds > DAY) {
      throw new IllegalArgumentException("daily time value must be less than 24 hours");
    }
    return new Expires(
        isDaily ? Kind.DAILY : kind, text.startsWith("-") ? -seconds : seconds, Optional.empty());
  }

  private static long seconds(String text) {
    long seconds = Quantity.seconds(text);
    if (seconds == Quantity.NONE || seconds > LONGEST) {
      throw new IllegalArgumentException("invalid value");
    }
    return seconds;
  }

  /** Sets the fields of a response. Worker thread. */
  void apply(Exchange exchange) {
    Expires now = this;
    if (variable.isPresent()) {
      try {
        now = parse(variable.get().evaluate(exchange), kind);
      } catch (IllegalArgumentException ignoredAsUpstream) {
        return;
      }
    }
    now.set(exchange, seconds < 0);
  }

  private void set(Exchange exchange, boolean isPast) {
    Headers headers = exchange.response().headers();
    long now = exchange.connection().worker().currentMillis() / 1000;
    switch (kind) {
      case OFF -> {}
      case EPOCH -> set(headers, 1, "no-cache");
      case MAX -> {
        headers.set("Expires", "Thu, 31 Dec 2037 23:55:55 GMT");
        headers.set("Cache-Control", "max-age=315360000");
      }
      default -> {
        long time = time(now, HttpDate.parse(headers.get("Last-Modified")));
        long age = time - now;
        set(headers, time, isPast || age < 0 ? "no-cache" : "max-age=" + age);
      }
    }
  }

  private static void set(Headers headers, long time, String control) {
    headers.set("Expires", HttpDate.format(time));
    headers.set("Cache-Control", control);
  }

  /** When the response expires; a time of 0 is now, whatever it counts from. */
  private long time(long now, long modified) {
    if (kind == Kind.DAILY) {
      LocalDate today = LocalDate.ofInstant(Instant.ofEpochSecond(now), ZoneId.systemDefault());
      long next = midnight(today) + seconds;
      return next > now ? next : midnight(today.plusDays(1)) + seconds;
    }
    return kind == Kind.MODIFIED && modified >= 0 && seconds != 0
        ? modified + seconds
        : now + seconds;
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(ZoneId.systemDefault()).toEpochSecond();
  }
}
