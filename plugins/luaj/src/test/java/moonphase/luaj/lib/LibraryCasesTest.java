package moonphase.luaj.lib;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each library answers chunks as LuaJIT with LUA52COMPAT does. */
class LibraryCasesTest {
  @TempDir static Path directory;

  private static final TimeZone ZONE = TimeZone.getDefault();

  @BeforeAll
  static void goWhereTheTargetWas() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void comeBack() {
    TimeZone.setDefault(ZONE);
  }

  @TestFactory
  Stream<DynamicTest> base_answersAsTheTarget() throws IOException {
    return CaseFile.tests("base", directory);
  }

  @TestFactory
  Stream<DynamicTest> string_answersAsTheTarget() throws IOException {
    return CaseFile.tests("string", directory);
  }

  @TestFactory
  Stream<DynamicTest> stringBuffer_answersAsTheTarget() throws IOException {
    return CaseFile.tests("buffer", directory);
  }

  @TestFactory
  Stream<DynamicTest> table_answersAsTheTarget() throws IOException {
    return CaseFile.tests("table", directory);
  }

  @TestFactory
  Stream<DynamicTest> mathAndBit_answerAsTheTarget() throws IOException {
    return CaseFile.tests("math", directory);
  }

  @TestFactory
  Stream<DynamicTest> os_answersAsTheTarget() throws IOException {
    return CaseFile.tests("os", directory);
  }

  @TestFactory
  Stream<DynamicTest> io_answersAsTheTarget() throws IOException {
    return CaseFile.tests("io", directory);
  }

  @TestFactory
  Stream<DynamicTest> debugAndPackage_answerAsTheTarget() throws IOException {
    return CaseFile.tests("debug", directory);
  }
}
