package moonphase.transport.netty.site;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WireSpecTest {
  @TestFactory
  Stream<DynamicTest> limits() {
    return WireSpec.file("limits.txt");
  }

  @TestFactory
  Stream<DynamicTest> smuggling() {
    return WireSpec.file("smuggling.txt");
  }
}
