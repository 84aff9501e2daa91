package moonphase.luaj.lib;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code os.date} and {@code os.time}, in the time zone of the process.
 *
 * <p>Source: Lua 5.1 manual 5.8; C's mktime for values out of their ranges and for {@code isdst}.
 */
final class DateFunctions {
  private DateFunctions() {}

  static LuaValue date(Varargs args) {
    LuaString format = args.isnoneornil(1) ? LuaString.valueOf("%c") : args.checkstring(1);
    double seconds = args.isnoneornil(2) ? System.currentTimeMillis() / 1000L : args.checkdouble(2);
    boolean utc = format.m_length > 0 && format.luaByte(0) == '!';
    if (utc) {
      format = format.substring(1, format.m_length);
    }
    ZonedDateTime time;
    try {
      Instant instant = Instant.ofEpochSecond((long) seconds);
      time = instant.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
    } catch (DateTimeException e) {
      return LuaValue.NIL;
    }
    if (format.toLatin1().equals("*t")) {
      return table(time);
    }
    ByteBuilder out = new ByteBuilder(64);
    new DateFormat(time, utc, out).append(format.m_bytes, format.m_offset, format.m_length);
    return out.finish();
  }

  private static LuaTable table(ZonedDateTime time) {
    LuaTable t = new LuaTable(0, 9);
    t.rawset("sec", time.getSecond());
    t.rawset("min", time.getMinute());
    t.rawset("hour", time.getHour());
    t.rawset("day", time.getDayOfMonth());
    t.rawset("month", time.getMonthValue());
    t.rawset("year", time.getYear());
    t.rawset("wday", time.getDayOfWeek().getValue() % 7 + 1);
    t.rawset("yday", time.getDayOfYear());
    t.rawset("isdst", LuaValue.valueOf(isDaylight(time)));
    return t;
  }

  static boolean isDaylight(ZonedDateTime time) {
    return time.getZone().getRules().isDaylightSavings(time.toInstant());
  }

  static LuaValue time(Varargs args) {
    if (args.isnoneornil(1)) {
      return LuaValue.valueOf((double) (System.currentTimeMillis() / 1000));
    }
    LuaTable t = args.checktable(1);
    long second = field(t, "sec", 0);
    long minute = field(t, "min", 0);
    long hour = field(t, "hour", 12);
    long day = field(t, "day", Long.MIN_VALUE);
    long month = field(t, "month", Long.MIN_VALUE);
    long year = field(t, "year", Long.MIN_VALUE);
    LuaValue daylight = t.get("isdst");
    try {
      LocalDateTime local =
          LocalDateTime.of((int) year, 1, 1, 0, 0)
              .plusMonths(month - 1)
              .plusDays(day - 1)
              .plusHours(hour)
              .plusMinutes(minute)
              .plusSeconds(second);
      return LuaValue.valueOf((double) epochSecond(local, daylight));
    } catch (DateTimeException e) {
      return LuaValue.NIL;
    }
  }

  private static long epochSecond(LocalDateTime local, LuaValue daylight) {
    ZonedDateTime time = local.atZone(ZoneId.systemDefault());
    long seconds = time.toEpochSecond();
    if (daylight.isnil() || daylight.toboolean() == isDaylight(time)) {
      return seconds;
    }
    // the other offset may be meant: the one of an overlap, or an hour more or less
    ZonedDateTime later = time.withLaterOffsetAtOverlap();
    if (isDaylight(later) == daylight.toboolean()) {
      return later.toEpochSecond();
    }
    return daylight.toboolean() ? seconds - 3600 : seconds + 3600;
  }

  private static long field(LuaTable t, String name, long otherwise) {
    LuaValue v = t.get(name).tonumber();
    if (!v.isnil()) {
      return Arguments.integer(v.todouble());
    }
    if (otherwise == Long.MIN_VALUE) {
      throw new LuaError("field '" + name + "' missing in date table");
    }
    return otherwise;
  }
}
