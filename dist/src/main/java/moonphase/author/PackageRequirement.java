package moonphase.author;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package that another one needs, as opm writes it: {@code account/lua-resty-foo >= 0.1}. The
 * bundle made of that package has its name, so that the framework can look for it.
 */
record PackageRequirement(String name, String operator, String version) {
  /** What every server is, and no package. */
  private static final Set<String> PLATFORM = Set.of("luajit", "ngx_lua", "nginx", "openresty");

  private static final Pattern ITEM =
      Pattern.compile("(?:[\\w.-]+/)?([\\w.-]+)\\s*(?:(>=|>|=)\\s*(\\S+))?");

  /** Reads one item of {@code requires}; empty for what the server itself stands for. */
  static Optional<PackageRequirement> of(String item) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw new PackException("dist.ini: \"" + item + "\" in \"requires\" is not understood");
    }
    String name = matcher.group(1);
    if (PLATFORM.contains(name)) {
      return Optional.empty();
    }
    String operator = matcher.group(2);
    return Optional.of(
        operator == null
            ? new PackageRequirement(name, "", "")
            : new PackageRequirement(name, operator, BundleVersion.of(matcher.group(3))));
  }

  /** The clause of {@code Require-Capability}. */
  String clause() {
    String bundle = "(osgi.identity=" + name + ")";
    String filter =
        switch (operator) {
          case "" -> bundle;
          case ">" -> "(&" + bundle + "(version>=" + version + ")(!(version=" + version + ")))";
          default -> "(&" + bundle + "(version" + operator + version + "))";
        };
    return "osgi.identity;filter:=\"" + filter + "\"";
  }
}
