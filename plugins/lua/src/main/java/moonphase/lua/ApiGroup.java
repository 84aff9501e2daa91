package moonphase.lua;

/**
 * Groups of API functions by where they may be called; {@link LuaContext} says which context allows
 * which.
 *
 * <p>Source: the calls of ngx_http_lua_check_context in lua-nginx-module.
 */
public enum ApiGroup {
  /** Anywhere, also in {@code init_by_lua*}, where there is no request of any kind. */
  PURE,
  /** Wherever there is a request, be it the stand-in of a timer or a worker's start. */
  CTX,
  /** Wherever there is a client's request. */
  REQUEST,
  /** Where a response may be produced: {@code ngx.say}, {@code ngx.redirect}, {@code ngx.exec}. */
  OUTPUT,
  /** {@code ngx.exit}. */
  EXIT,
  /** {@code ngx.location.capture}. */
  SUBREQUEST,
  /** {@code ngx.req.set_uri(uri, true)}. */
  JUMP,
  /** Whatever waits: {@code ngx.sleep}, sockets, light threads. */
  YIELD,
  /** {@code ngx.timer.*}. */
  TIMER
}
