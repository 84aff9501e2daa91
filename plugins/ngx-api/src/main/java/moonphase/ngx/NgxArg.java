package moonphase.ngx;

import moonphase.lua.BodyPiece;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.arg}: the arguments of {@code set_by_lua}, and the piece of the body in {@code
 * body_filter_by_lua*}. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_setby.c, ngx_http_lua_bodyfilterby.c, resty.core.param.
 */
@Component
public final class NgxArg implements NgxArea {
  /** Used by the framework. */
  public NgxArg() {}

  private static LuaValue get(LuaRun run, LuaValue key) {
    run.request();
    int index = key.type() == LuaValue.TNUMBER ? key.toint() : 0;
    BodyPiece piece = run.bodyPiece();
    if (piece != null) {
      return index == 1
          ? LuaText.lua(piece.bytes())
          : index == 2 ? LuaValue.valueOf(piece.isLast()) : LuaValue.NIL;
    }
    if (run.context() != LuaContext.SET) {
      throw new LuaError("API disabled in the current context");
    }
    LuaValue value = index < 1 ? LuaValue.NIL : run.args().arg(index);
    return value.isstring() && value.length() == 0 ? LuaValue.NIL : value;
  }

  private static void set(LuaRun run, LuaValue key, LuaValue value) {
    run.request();
    BodyPiece piece = run.bodyPiece();
    if (piece == null) {
      throw new LuaError("API disabled in the context of " + run.context());
    }
    int index = key.checkint();
    switch (index) {
      case 1 -> piece.bytes(bytes(value));
      case 2 -> piece.last(value.toboolean());
      default -> throw new LuaError("bad index: " + index);
    }
  }

  private static byte[] bytes(LuaValue value) {
    LuaBytes bytes = new LuaBytes(64);
    switch (value.type()) {
      case LuaValue.TNIL -> {}
      case LuaValue.TSTRING, LuaValue.TNUMBER -> bytes.addScalar(value);
      case LuaValue.TTABLE -> bytes.addArray(value.checktable(), 3, true);
      default -> throw new LuaError("bad chunk data type: " + value.typename());
    }
    return bytes.toBytes();
  }

  @Override
  public void install(LuaVm vm) {
    MagicTable.install(vm, "arg", NgxArg::get, NgxArg::set);
  }
}
