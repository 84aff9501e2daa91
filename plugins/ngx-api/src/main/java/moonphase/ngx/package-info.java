/**
 * The ngx API: the functions and fields that scripts find below {@code ngx}.
 *
 * <p>One class an area, named after upstream's file: {@code NgxString} for ngx_http_lua_string.c.
 * Each is an {@code NgxArea} service; what is not about one request lives in moonphase.lua.
 */
@NullMarked
package moonphase.ngx;

import org.jspecify.annotations.NullMarked;
