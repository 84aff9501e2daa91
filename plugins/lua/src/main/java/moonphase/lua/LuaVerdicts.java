package moonphase.lua;

import java.util.Set;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;

/**
 * What the end of a run means for the phase it ran in: upstream's table of return codes.
 *
 * <p>Source: ngx_http_lua_handle_exit, ngx_http_lua_handle_exec, and the tails of the functions
 * ngx_http_lua_rewrite_by_chunk, ngx_http_lua_access_by_chunk, ngx_http_lua_content_by_chunk.
 */
final class LuaVerdicts {
  private static final int OK = 0;
  private static final int ERROR = -1;

  /** Codes after which nothing more is sent: timed out, client gone, close. */
  private static final Set<Integer> CLOSING = Set.of(408, 499, 444);

  private LuaVerdicts() {}

  /** The verdict of a run that has ended. Worker thread. */
  static Verdict of(LuaRun run) {
    return switch (run.end()) {
      case NONE -> throw new IllegalStateException("the run goes on");
      case FAILED -> failed(run.request());
      case EXEC -> exec(run);
      case JUMP -> {
        run.request().forgetCtx();
        yield phaseEnds(run, OK);
      }
      case DONE -> done(run);
      case EXIT -> phaseEnds(run, exit(run));
    };
  }

  private static Verdict failed(LuaRequest request) {
    return request.isHeaderSent() || request.pendingSubrequests() > 0
        ? Verdict.ERROR
        : Verdict.finish(500);
  }

  private static Verdict done(LuaRun run) {
    if (run.context() == LuaContext.CONTENT) {
      Verdict verdict = run.request().sendLast();
      return isFailure(verdict) ? verdict : filtered(run.request(), Verdict.OK);
    }
    return phaseEnds(run, OK);
  }

  private static Verdict exec(LuaRun run) {
    String uri = run.execUri();
    run.log().log(LogLevel.DEBUG, "lua thread initiated internal redirect to " + uri);
    if (!uri.startsWith("@")) {
      return Verdict.redirect(uri, run.execArgs());
    }
    if (!run.execArgs().isEmpty()) {
      run.log().log(
          LogLevel.WARN,
          "query strings " + run.execArgs() + " ignored when exec'ing named location " + uri);
    }
    return Verdict.named(uri);
  }

  /** What is sent, and the code that remains. */
  private static int exit(LuaRun run) {
    LuaRequest request = run.request();
    Response response = request.exchange().response();
    int code = run.exitCode();
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(LogLevel.DEBUG, "lua thread aborting request with status " + code);
    }
    boolean isContent = run.context() == LuaContext.CONTENT;
    if (!response.isHeaderSent() && response.status() == 0 && code >= 200) {
      response.status(code);
    }
    if (request.isGathering()
        && response.status() != 0
        && code != ERROR
        && !CLOSING.contains(code)) {
      Verdict verdict = request.sendLast();
      return isFailure(verdict) ? code(verdict) : code >= 200 ? 200 : code;
    }
    if ((code == OK && isContent) || (code >= 200 && code < 300 && code != 204)) {
      Verdict verdict = request.sendLast();
      if (isFailure(verdict)) {
        return code(verdict);
      }
    }
    if (response.isHeaderSent() && code > OK && !CLOSING.contains(code)) {
      return isContent ? OK : 200;
    }
    return code;
  }

  /** The verdict for a code that a phase ends with. */
  private static Verdict phaseEnds(LuaRun run, int code) {
    LuaRequest request = run.request();
    if (code == ERROR || code > OK) {
      return filtered(request, verdict(code));
    }
    boolean isDeclined = code != OK;
    if (run.context() == LuaContext.CONTENT) {
      // nobody answers: upstream closes the connection
      boolean isUnanswered = isDeclined && !request.isHeaderSent();
      return isUnanswered ? Verdict.ERROR : filtered(request, Verdict.OK);
    }
    if (isDeclined && run.context() == LuaContext.ACCESS) {
      return Verdict.DECLINED;
    }
    if (request.isHeaderSent() || request.isGathering()) {
      Verdict verdict = request.sendLast();
      return isFailure(verdict) ? verdict : filtered(request, Verdict.finish(200));
    }
    return filtered(request, isDeclined ? Verdict.DECLINED : run.context().onOk());
  }

  /** What a header filter decided instead, which counts. */
  private static Verdict filtered(LuaRequest request, Verdict verdict) {
    return request.failure() == Verdict.OK ? verdict : request.failure();
  }

  private static Verdict verdict(int code) {
    if (code == ERROR) {
      return Verdict.ERROR;
    }
    return Verdict.finish(Math.clamp(code, 200, 999));
  }

  private static boolean isFailure(Verdict verdict) {
    return verdict != Verdict.OK;
  }

  private static int code(Verdict failure) {
    return failure.kind() == Verdict.Kind.ERROR ? ERROR : failure.status();
  }
}
