package moonphase.preload.cjson;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The values of one VM by which scripts and module understand each other.
 *
 * @param nothing {@code cjson.null}, which is {@code ngx.null}
 * @param emptyArray {@code cjson.empty_array}
 * @param arrayMeta {@code cjson.array_mt}
 * @param emptyArrayMeta {@code cjson.empty_array_mt}
 */
record Markers(
    LuaValue nothing, LuaValue emptyArray, LuaTable arrayMeta, LuaTable emptyArrayMeta) {}
