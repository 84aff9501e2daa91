package moonphase.kernel.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class AccountTest {
  @Test
  void root_isNumberZero() {
    assertEquals(OptionalInt.of(0), Account.uid("root"));
    assertEquals(OptionalInt.of(0), Account.gid("root"));
    assertEquals(0, Account.of("root", "root").orElseThrow().uid());
  }

  @Test
  void unknownName_isNobody() {
    assertTrue(Account.uid("no such user").isEmpty());
    assertTrue(Account.gid("no such group").isEmpty());
    assertTrue(Account.of("root", "no such group").isEmpty());
  }

  @Test
  void superUser_isWhomTheSystemNames() throws Exception {
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertEquals(uid.equals(0), Account.isSuperUser());
  }
}
