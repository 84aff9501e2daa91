package moonphase.luaj.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ScriptStopped;

class PatternMatcherTest {
  private final Globals vm = new Globals();
  private Globals before;

  @BeforeEach
  void enter() {
    before = Globals.enter(vm);
    new StringLibrary().open(vm);
  }

  @AfterEach
  void leave() {
    Globals.enter(before);
  }

  private LuaValue call(String function, Object... args) {
    LuaValue[] values = new LuaValue[args.length];
    for (int i = 0; i < args.length; i++) {
      values[i] =
          args[i] instanceof Integer n ? LuaValue.valueOf(n) : LuaString.latin1(args[i].toString());
    }
    return vm.get("string").get(function).invoke(values).arg1();
  }

  @Test
  void exponentialPattern_usesUpItsSteps() {
    vm.budget.limitSteps(5_000_000);
    assertThrows(ScriptStopped.class, () -> call("find", "a".repeat(300), ".-.-.-.-.-.-.-.-b"));
  }

  @Test
  void quadraticPattern_usesUpItsSteps() {
    vm.budget.limitSteps(1_000_000);
    assertThrows(ScriptStopped.class, () -> call("find", " ".repeat(20_000) + "x", "%s+ $"));
  }

  @Test
  void runThatNothingCanFollow_isTriedOnce() {
    vm.budget.limitSteps(100_000);
    assertEquals(LuaValue.NIL, call("find", " ".repeat(20_000) + "x", "%s+$"));
    assertEquals(LuaValue.NIL, call("match", "a".repeat(20_000), "(%w+)=(%d+)"));
    assertEquals(LuaValue.valueOf(20_002), call("find", "a".repeat(20_000) + "xb1", "b?%d$"));
  }

  @Test
  void runBeforeABackReference_isTriedFromEachByte() {
    assertEquals(LuaValue.valueOf(2), call("find", "xab=ab", "(%a+)=%1"));
  }

  @Test
  void mistakeBehindAMatch_isNoticedWhereItIsReached() {
    assertEquals(LuaValue.NIL, call("find", "bbb", "a+)"));
    LuaError e = assertThrows(LuaError.class, () -> call("find", "bab", "a+)"));
    assertEquals("invalid pattern capture", e.getMessage());
    e = assertThrows(LuaError.class, () -> call("find", "bab", "(a%1"));
    assertEquals("invalid capture index", e.getMessage());
    e = assertThrows(LuaError.class, () -> call("find", "bab", "a*(a"));
    assertEquals("unfinished capture", e.getMessage());
  }

  @Test
  void optionalsByTheThousand_areTooComplex() {
    LuaError e =
        assertThrows(LuaError.class, () -> call("match", "a".repeat(9000), "a?".repeat(9000)));
    assertEquals("pattern too complex", e.getMessage());
  }

  @Test
  void stringOverTheCap_isRefusedBeforeItIsMade() {
    vm.setMaxStringLength(1000);
    LuaError e = assertThrows(LuaError.class, () -> call("rep", "x", 1001));
    assertEquals("not enough memory", e.getMessage());
  }

  @Test
  void gsubOverTheCap_isRefused() {
    vm.setMaxStringLength(1000);
    assertThrows(LuaError.class, () -> call("gsub", "x".repeat(600), "x", "yy"));
  }

  @Test
  void highBytes_areLeftByUpper() {
    assertEquals("\u00e4A", ((LuaString) call("upper", "\u00e4a")).toLatin1());
  }
}
