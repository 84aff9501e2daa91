package moonphase.author;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A package's version as OSGi writes one: {@code 0.1rc2} is {@code 0.1.0.rc2}. */
final class BundleVersion {
  /** What a package has that names no version. */
  static final String NONE = "0.0.0";

  private BundleVersion() {}

  /** Up to three numbers; what follows them is the qualifier. */
  static String of(String text) {
    String rest = text.startsWith("v") ? text.substring(1) : text;
    List<String> numbers = new ArrayList<>();
    while (numbers.size() < 3 && !rest.isEmpty() && Character.isDigit(rest.charAt(0))) {
      String digits = rest.replaceFirst("\\D.*", "");
      numbers.add(Integer.toString(number(digits, text)));
      rest = rest.substring(digits.length());
      if (!rest.startsWith(".")) {
        break;
      }
      rest = rest.substring(1);
    }
    if (numbers.isEmpty()) {
      throw new PackException("\"" + text + "\" is no version: it begins with no number");
    }
    numbers.addAll(Arrays.asList("0", "0").subList(0, 3 - numbers.size()));
    String qualifier = rest.replaceAll("^[-.+_~]+|\\s", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return String.join(".", numbers) + (qualifier.isEmpty() ? "" : "." + qualifier);
  }

  private static int number(String digits, String text) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new PackException("\"" + text + "\" is no version: too large a number", e);
    }
  }
}
