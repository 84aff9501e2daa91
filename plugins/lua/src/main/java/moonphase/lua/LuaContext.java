package moonphase.lua;

import static moonphase.lua.ApiGroup.CTX;
import static moonphase.lua.ApiGroup.EXIT;
import static moonphase.lua.ApiGroup.JUMP;
import static moonphase.lua.ApiGroup.OUTPUT;
import static moonphase.lua.ApiGroup.PURE;
import static moonphase.lua.ApiGroup.REQUEST;
import static moonphase.lua.ApiGroup.SUBREQUEST;
import static moonphase.lua.ApiGroup.TIMER;
import static moonphase.lua.ApiGroup.YIELD;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import moonphase.spi.Phase;
import moonphase.spi.Verdict;

/**
 * Where a piece of Lua runs, and all that differs between one such place and the next.
 *
 * <p>Adding a place is adding a line to this table; no other file lists the contexts. Any thread.
 *
 * <p>Source: lua-nginx-module, ngx_http_lua_util.h and resty.core.phase.
 */
public enum LuaContext {
  // stem, get_phase, phase, what ngx.OK means, whether Lua may wait, what it may call
  INIT("init", "init", null, Verdict.OK, false, PURE),
  INIT_WORKER("init_worker", "init_worker", null, Verdict.OK, false, PURE, CTX, TIMER),
  EXIT_WORKER("exit_worker", "exit_worker", null, Verdict.OK, false, PURE, CTX),
  SET("set", "set", Phase.REWRITE, Verdict.OK, false, PURE, CTX, REQUEST, TIMER),
  SERVER_REWRITE(
      "server_rewrite",
      "server_rewrite",
      Phase.SERVER_REWRITE,
      Verdict.DECLINED,
      true,
      PURE,
      CTX,
      REQUEST,
      OUTPUT,
      EXIT,
      JUMP,
      YIELD,
      TIMER),
  REWRITE(
      "rewrite",
      "rewrite",
      Phase.REWRITE,
      Verdict.DECLINED,
      true,
      PURE,
      CTX,
      REQUEST,
      OUTPUT,
      EXIT,
      SUBREQUEST,
      JUMP,
      YIELD,
      TIMER),
  ACCESS(
      "access",
      "access",
      Phase.ACCESS,
      Verdict.OK,
      true,
      PURE,
      CTX,
      REQUEST,
      OUTPUT,
      EXIT,
      SUBREQUEST,
      YIELD,
      TIMER),
  PRECONTENT(
      "precontent",
      "precontent",
      Phase.PRECONTENT,
      Verdict.DECLINED,
      true,
      PURE,
      CTX,
      REQUEST,
      OUTPUT,
      EXIT,
      SUBREQUEST,
      YIELD,
      TIMER),
  CONTENT(
      "content",
      "content",
      Phase.CONTENT,
      Verdict.OK,
      true,
      PURE,
      CTX,
      REQUEST,
      OUTPUT,
      EXIT,
      SUBREQUEST,
      YIELD,
      TIMER),
  HEADER_FILTER(
      "header_filter", "header_filter", null, Verdict.OK, false, PURE, CTX, REQUEST, EXIT, TIMER),
  BODY_FILTER("body_filter", "body_filter", null, Verdict.OK, false, PURE, CTX, REQUEST, TIMER),
  LOG("log", "log", Phase.LOG, Verdict.OK, false, PURE, CTX, REQUEST, TIMER),
  TIMER_HANDLER("timer", "timer", null, Verdict.OK, true, PURE, CTX, EXIT, YIELD, TIMER) {
    @Override
    public String toString() {
      return "ngx.timer";
    }
  };

  private final String stem;
  private final String phaseName;
  private final Optional<Phase> phase;
  private final Verdict onOk;
  private final boolean yieldable;
  private final Set<ApiGroup> groups;

  LuaContext(
      String stem,
      String phaseName,
      @org.jspecify.annotations.Nullable Phase phase,
      Verdict onOk,
      boolean yieldable,
      ApiGroup first,
      ApiGroup... rest) {
    this.stem = stem;
    this.phaseName = phaseName;
    this.phase = Optional.ofNullable(phase);
    this.onOk = onOk;
    this.yieldable = yieldable;
    this.groups = EnumSet.of(first, rest);
  }

  /** A directive's name, for example {@code access_by_lua_block} for {@code "_block"}. */
  public String directive(String suffix) {
    return stem + "_by_lua" + suffix;
  }

  /** What {@code ngx.get_phase()} says here. */
  public String phaseName() {
    return phaseName;
  }

  /** The phase whose handlers run here; absent for the contexts outside the phase chain. */
  public Optional<Phase> phase() {
    return phase;
  }

  /** The verdict of a script that ends, or of {@code ngx.exit(ngx.OK)}. */
  public Verdict onOk() {
    return onOk;
  }

  /** Whether Lua may wait here, so that it runs in a coroutine of its own. */
  public boolean isYieldable() {
    return yieldable;
  }

  /** Whether functions of a group may be called here. */
  public boolean allows(ApiGroup group) {
    return groups.contains(group);
  }

  /** As users know it from error messages: {@code access_by_lua*}, {@code ngx.timer}. */
  @Override
  public String toString() {
    return stem + "_by_lua*";
  }
}
