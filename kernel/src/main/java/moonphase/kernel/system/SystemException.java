package moonphase.kernel.system;

/** A refusal of the system, in nginx's words. */
public final class SystemException extends Exception {
  private static final long serialVersionUID = 1;

  SystemException(String message) {
    super(message);
  }

  /** Throws if a result says that a call has failed. */
  static void check(int result, String call) throws SystemException {
    if (result < 0) {
      throw of(call, -result);
    }
  }

  /** A call that has failed with an error of the system. */
  static SystemException of(String call, int errno) {
    return new SystemException(call + " failed (" + Libc.reason(errno) + ")");
  }
}
