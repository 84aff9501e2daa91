package moonphase.headersmore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import moonphase.spi.Headers;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void firstField_isReplacedInItsPlace() {
    assertEquals("Before: 1\nX-foo: new\nAfter: 2\n", changed("x-Foo", "new", false, false));
  }

  @Test
  void emptyValue_removesEveryField() {
    assertEquals("Before: 1\nAfter: 2\n", changed("X-Foo", "", false, false));
  }

  @Test
  void star_fitsEveryNameThatBeginsSo() {
    assertEquals("Before: 1\nAfter: 2\n", changed("x-f*", "", false, false));
  }

  @Test
  void appending_keepsTheFields() {
    assertEquals(
        "Before: 1\nX-foo: a\nX-Foo: b\nAfter: 2\nX-Foo: new\n",
        changed("X-Foo", "new", true, false));
  }

  @Test
  void replacing_addsNothing() {
    assertEquals("Before: 1\nX-foo: a\nX-Foo: b\nAfter: 2\n", changed("X-Bar", "new", false, true));
  }

  private static String changed(String name, String value, boolean appends, boolean replaces) {
    Headers headers = new Headers();
    headers.add("Before", "1");
    headers.add("X-foo", "a");
    headers.add("X-Foo", "b");
    headers.add("After", "2");
    new Change(name, Optional.empty()).apply(headers, value, appends, replaces);
    return headers.toString();
  }
}
