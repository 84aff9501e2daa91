package moonphase.kernel.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalInt;

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

  /** The number of a user; empty if there is no such user. */
  public static OptionalInt uid(String user) {
    return number("getpwnam", user);
  }

  /** The number of a group; empty if there is no such group. */
  public static OptionalInt gid(String group) {
    return number("getgrnam", group);
  }

  /** The account of these names; empty if one of them is unknown. */
  public static Optional<Account> of(String user, String group) {
    OptionalInt uid = uid(user);
    OptionalInt gid = gid(group);
    return uid.isPresent() && gid.isPresent()
        ? Optional.of(new Account(user, uid.getAsInt(), gid.getAsInt()))
        : Optional.empty();
  }

  private static OptionalInt number(String function, String name) {
    MemorySegment found = Libc.find(function, name, NUMBER + Integer.BYTES);
    return found.address() == 0
        ? OptionalInt.empty()
        : OptionalInt.of(found.get(ValueLayout.JAVA_INT, NUMBER));
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
