package moonphase.lua;

/**
 * A piece of a response's body as {@code body_filter_by_lua} sees and changes it through {@code
 * ngx.arg}. Worker thread only.
 *
 * <p>Source: ngx_http_lua_body_filter_param_set.
 */
public final class BodyPiece {
  private byte[] bytes;
  private boolean isLast;
  private boolean isChanged;

  /** A piece as it came. */
  public BodyPiece(byte[] bytes, boolean isLast) {
    this.bytes = bytes;
    this.isLast = isLast;
  }

  /** The bytes: {@code ngx.arg[1]}. Nobody changes the array. */
  public byte[] bytes() {
    return bytes;
  }

  /** Sets the bytes. */
  public void bytes(byte[] bytes) {
    this.bytes = bytes;
    isChanged = true;
  }

  /** Whether the body ends here: {@code ngx.arg[2]}. */
  public boolean isLast() {
    return isLast;
  }

  /** Ends the body here, or lets it go on. */
  public void last(boolean last) {
    isLast = last;
  }

  /** Whether the bytes were set. */
  public boolean isChanged() {
    return isChanged;
  }
}
