package moonphase.kernel.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A user and a group that a process can be. Immutable.
 *
 * @param user the user's name
 * @param uid its number
 * @param gid the group's number
 */
public record Account(String user, int uid, int gid) {
  /** Both structures begin with two pointers, behind which the number stands. */
  private static final long NUMBER = 16;

  /**
   * The account of these names.
   *
   * @throws SystemException in nginx's words if one of them is unknown, or the system does not say
   */
  public static Account of(String user, String group) throws SystemException {
    return new Account(user, number("getpwnam", user), number("getgrnam", group));
  }

  /** What a function of the system's says of a name; there is no number to return for none. */
  static int number(String function, String name) throws SystemException {
    MemorySegment found = Libc.find(function, name, NUMBER + Integer.BYTES);
    if (found.address() == 0) {
      throw new SystemException(function + "(\"" + name + "\") failed");
    }
    return found.get(ValueLayout.JAVA_INT, NUMBER);
  }

  /** Whether this process has the rights of a super-user. */
  public static boolean isSuperUser() {
    return Libc.call("geteuid") == 0;
  }

  /**
   * Makes this process, with all of its threads, the account's. The C library tells every thread,
   * whoever started it.
   *
   * @throws SystemException if the system refuses; the process must not serve then
   */
  public void become() throws SystemException {
    SystemException.check(Libc.call("setgid", gid), "setgid(" + gid + ")");
    SystemException.check(
        Libc.call("initgroups", user, gid), "initgroups(" + user + ", " + gid + ")");
    SystemException.check(Libc.call("setuid", uid), "setuid(" + uid + ")");
    // otherwise the process could not look at itself below /proc, and no debugger of the user could
    SystemException.check(Limits.dumpable(), "prctl(PR_SET_DUMPABLE)");
  }
}
