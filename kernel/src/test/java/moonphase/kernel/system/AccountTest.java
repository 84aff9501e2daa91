package moonphase.kernel.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

@EnabledOnOs(OS.LINUX)
class AccountTest {
  private static String failure(Executable call) {
    return String.valueOf(assertThrows(SystemException.class, call).getMessage());
  }

  @Test
  void root_isNumberZero() throws Exception {
    assertEquals(new Account("root", 0, 0), Account.of("root", "root"));
  }

  @Test
  void unknownName_isNobody() {
    assertEquals(
        "getpwnam(\"no such user\") failed",
        failure(() -> Account.of("no such user", "no such group")));
    assertEquals(
        "getgrnam(\"no such group\") failed", failure(() -> Account.of("root", "no such group")));
  }

  @Test
  void functionThatFinds_isMissing() {
    assertEquals(
        "getnobody(\"root\") failed (38: Function not implemented)",
        failure(() -> Account.number("getnobody", "root")));
  }

  @Test
  void functionThatActs_isMissing() {
    assertEquals(
        "setnobody(1) failed (38: Function not implemented)",
        failure(() -> SystemException.check(Libc.call("setnobody", 1), "setnobody(1)")));
  }

  @Test
  void superUser_isWhomTheSystemNames() throws Exception {
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertEquals(uid.equals(0), Account.isSuperUser());
  }
}
