package moonphase.ngx;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.HttpDate;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * The time, as of the last turn of the event loop. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_time.c, ngx_http_cookie_time.
 */
@Component
public final class NgxTime implements NgxArea {
  private static final DateTimeFormatter DATE = format("yyyy-MM-dd");
  private static final DateTimeFormatter DATE_TIME = format("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter COOKIE = format("EEE, dd-MMM-yy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter LONG_COOKIE = format("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'");

  /** Years from here on have four digits in a cookie. */
  private static final int PIVOT = 2038;

  /** Used by the framework. */
  public NgxTime() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  private static LuaValue now(LuaRun run, DateTimeFormatter format, ZoneId zone) {
    return LuaText.lua(
        format.format(Instant.ofEpochMilli(run.worker().currentMillis()).atZone(zone)));
  }

  private static LuaValue seconds(LuaRun run) {
    return LuaValue.valueOf((double) Math.floorDiv(run.worker().currentMillis(), 1000));
  }

  private static LuaValue written(String name, Varargs args, LongFunction<String> format) {
    if (args.arg1().type() != LuaValue.TNUMBER) {
      throw new LuaError("number argument only");
    }
    try {
      return LuaText.lua(format.apply((long) args.checkdouble(1)));
    } catch (DateTimeException e) {
      throw new LuaError("bad argument #1 to '" + name + "' (time is out of range)");
    }
  }

  private static String cookieTime(long seconds) {
    ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC);
    return time.format(time.getYear() >= PIVOT ? LONG_COOKIE : COOKIE);
  }

  private static LuaValue parsed(Varargs args) {
    if (args.arg1().type() != LuaValue.TSTRING) {
      throw new LuaError("string argument only");
    }
    long seconds = HttpDate.parse(LuaText.latin1(args.arg1()));
    return seconds == -1 ? LuaValue.NIL : LuaValue.valueOf((double) seconds);
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction(name, ApiGroup.PURE, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("time", (run, args) -> seconds(run)),
        function("now", (run, args) -> LuaValue.valueOf(run.worker().currentMillis() / 1000.0)),
        function(
            "update_time",
            (run, args) -> {
              run.worker().updateTime();
              return LuaValue.NONE;
            }),
        function("today", (run, args) -> now(run, DATE, ZoneId.systemDefault())),
        function("localtime", (run, args) -> now(run, DATE_TIME, ZoneId.systemDefault())),
        function("utctime", (run, args) -> now(run, DATE_TIME, ZoneOffset.UTC)),
        function("http_time", (run, args) -> written("http_time", args, HttpDate::format)),
        function("cookie_time", (run, args) -> written("cookie_time", args, NgxTime::cookieTime)),
        function("parse_http_time", (run, args) -> parsed(args)));
  }
}
