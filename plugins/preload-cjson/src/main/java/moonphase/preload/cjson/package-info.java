/**
 * The Lua modules {@code cjson} and {@code cjson.safe}, with OpenResty's additions.
 *
 * <p>A preload bundle: it exports nothing and reaches every VM through a {@code PreloadModule}
 * service. Source: the manuals of lua-cjson 2.1 and of OpenResty's branch of it.
 */
@NullMarked
package moonphase.preload.cjson;

import org.jspecify.annotations.NullMarked;
