package moonphase.lua;

import org.luaj.vm2.LuaUserdata;

/** {@code ngx.null}: a value that is not nil and stands for nothing; each VM has one. */
public final class NgxNull extends LuaUserdata {
  NgxNull() {
    super("ngx.null");
  }

  /** As LuaJIT shows a null pointer. */
  @Override
  public String tojstring() {
    return "userdata: NULL";
  }
}
