package moonphase.ngx;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.io.ByteArrayOutputStream;
import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexEngine;
import moonphase.spi.RegexException;
import moonphase.spi.Setting;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code ngx.re}: PCRE for scripts. The VM's thread.
 *
 * <p>Source: resty.core.regex, ngx_http_lua_regex.c.
 */
@Component(service = {NgxArea.class, HttpModule.class})
public final class NgxRegex implements NgxArea, HttpModule {
  private static final LuaString POS = LuaText.lua("pos");

  private final RegexEngine engine;

  /** Used by the framework. */
  @Activate
  public NgxRegex(@Reference RegexEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "lua_regex";
  }

  /** What resty.core makes of a subject or a replacement: its text, whatever it is. */
  private static LuaString text(LuaValue value) {
    return value.type() == LuaValue.TSTRING
        ? value.checkstring()
        : LuaText.lua(LuaText.textOf(value));
  }

  private CompiledRegex compile(LuaRun run, LuaValue pattern, LuaValue options) {
    String letters = options.isnil() ? "" : LuaText.latin1(text(options));
    return CompiledRegex.of(engine, run, LuaText.latin1(pattern), letters);
  }

  private Varargs match(LuaRun run, Varargs args) {
    LuaString subject = text(args.arg1());
    try {
      CompiledRegex regex = compile(run, args.arg(2), args.arg(3));
      int count = matchAt(regex, subject, args.arg(4));
      LuaTable into = args.arg(5).istable() ? args.checktable(5) : null;
      return count == 0 ? LuaValue.NIL : regex.table(subject, count, into);
    } catch (RegexException e) {
      return failure(e, LuaValue.NIL);
    }
  }

  private Varargs find(LuaRun run, Varargs args) {
    LuaString subject = text(args.arg1());
    try {
      CompiledRegex regex = compile(run, args.arg(2), args.arg(3));
      int count = matchAt(regex, subject, args.arg(4));
      int nth = args.arg(5).isnil() ? 0 : Math.max(0, args.checkint(5));
      if (count > 0 && nth > regex.groups()) {
        return LuaValue.varargsOf(
            new LuaValue[] {LuaValue.NIL, LuaValue.NIL, LuaText.lua("nth out of bound")});
      }
      if (count <= nth || regex.captures[nth * 2] < 0) {
        return LuaValue.varargsOf(LuaValue.NIL, LuaValue.NIL);
      }
      return LuaValue.varargsOf(
          LuaValue.valueOf(regex.captures[nth * 2] + 1),
          LuaValue.valueOf(regex.captures[nth * 2 + 1]));
    } catch (RegexException e) {
      return failure(e, LuaValue.NIL, LuaValue.NIL);
    }
  }

  /** Matches from where the context table says, and tells it where the match ended. */
  private static int matchAt(CompiledRegex regex, LuaString subject, LuaValue context) {
    if (!context.istable()) {
      return regex.match(subject, 0);
    }
    LuaValue pos = context.get(POS);
    int count = regex.match(subject, pos.isnumber() ? Math.max(0, pos.toint() - 1) : 0);
    if (count > 0) {
      context.set(POS, LuaValue.valueOf(regex.captures[1] + 1));
    }
    return count;
  }

  private Varargs gmatch(LuaRun run, Varargs args) {
    LuaString subject = text(args.arg1());
    try {
      return new Iterator(compile(run, args.arg(2), args.arg(3)), subject);
    } catch (RegexException e) {
      return failure(e, LuaValue.NIL);
    }
  }

  private static final class Iterator extends VarArgFunction {
    private final CompiledRegex regex;
    private final LuaString subject;
    private int pos;

    Iterator(CompiledRegex regex, LuaString subject) {
      this.regex = regex;
      this.subject = subject;
    }

    @Override
    public Varargs invoke(Varargs args) {
      if (pos < 0) {
        return LuaValue.NIL;
      }
      try {
        int count = regex.match(subject, pos);
        if (count == 0) {
          pos = -1;
          return LuaValue.NIL;
        }
        boolean isEmpty = regex.captures[0] == regex.captures[1];
        int next = regex.captures[1] + (isEmpty ? 1 : 0);
        pos = next > subject.m_length ? -1 : next;
        return regex.table(subject, count, null);
      } catch (RegexException e) {
        pos = -1;
        return failure(e, LuaValue.NIL);
      }
    }
  }

  /** What takes the place of one match. */
  private interface Replacement {
    void write(ByteArrayOutputStream out, CompiledRegex regex, int count);
  }

  private Varargs sub(LuaRun run, Varargs args, boolean all) {
    LuaString subject = text(args.arg1());
    Replacement replacement;
    if (args.arg(3) instanceof LuaFunction function) {
      replacement =
          (out, regex, count) -> {
            Varargs result = function.invoke(regex.table(subject, count, null));
            if (result.narg() == 0) {
              throw new LuaError("bad argument #1 to 'tostring' (value expected)");
            }
            LuaString piece = text(result.arg1());
            out.write(piece.m_bytes, piece.m_offset, piece.m_length);
          };
    } else {
      ReplaceTemplate template;
      try {
        template = ReplaceTemplate.of(LuaText.latin1(text(args.arg(3))));
      } catch (ReplaceTemplate.Malformed e) {
        run.log().log(LogLevel.ERROR, String.valueOf(e.getMessage()));
        return LuaValue.varargsOf(
            new LuaValue[] {
              LuaValue.NIL, LuaValue.NIL, LuaText.lua("failed to compile the replacement template")
            });
      }
      replacement = (out, regex, count) -> template.write(out, subject, regex.captures, count);
    }
    try {
      return replace(compile(run, args.arg(2), args.arg(4)), subject, replacement, all);
    } catch (RegexException e) {
      return failure(e, LuaValue.NIL, LuaValue.NIL);
    }
  }

  private static Varargs replace(
      CompiledRegex regex, LuaString subject, Replacement replacement, boolean all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(subject.m_length + 16);
    int replaced = 0;
    int copied = 0;
    int pos = 0;
    while (pos <= subject.m_length) {
      int count = regex.match(subject, pos);
      if (count == 0) {
        break;
      }
      replaced++;
      int from = regex.captures[0];
      int to = regex.captures[1];
      out.write(subject.m_bytes, subject.m_offset + copied, Math.max(0, from - copied));
      replacement.write(out, regex, count);
      copied = to;
      pos = to == from ? to + 1 : to;
      if (!all) {
        break;
      }
    }
    if (replaced == 0) {
      return LuaValue.varargsOf(subject, LuaValue.ZERO);
    }
    out.write(subject.m_bytes, subject.m_offset + copied, subject.m_length - copied);
    return LuaValue.varargsOf(LuaText.lua(out.toByteArray()), LuaValue.valueOf(replaced));
  }

  private static Varargs failure(RegexException e, LuaValue... before) {
    @Nullable String message = e.getMessage();
    return LuaValue.varargsOf(before, LuaText.lua(String.valueOf(message)));
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction("re." + name, ApiGroup.PURE, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("match", this::match),
        function("find", this::find),
        function("gmatch", this::gmatch),
        function("sub", (run, args) -> sub(run, args, false)),
        function("gsub", (run, args) -> sub(run, args, true)));
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("lua_regex_cache_max_entries")
            .in(HTTP)
            .args(1)
            .sets(
                RegexConf.KEY,
                (conf, args) -> new RegexConf(Setting.of(args.number(0)), conf.limit())),
        directive("lua_regex_match_limit")
            .in(HTTP)
            .args(1)
            .sets(
                RegexConf.KEY,
                (conf, args) -> new RegexConf(conf.maxEntries(), Setting.of(args.number(0)))));
  }
}
