package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import moonphase.kernel.conf.LocationName.Kind;
import moonphase.spi.Captures;
import moonphase.spi.ConfException;
import moonphase.spi.Regex;
import org.jspecify.annotations.Nullable;

/**
 * The locations of a server or a location, as nginx chooses among them. Immutable, any thread.
 *
 * <p>Source: nginx manual, "location"; ngx_http_core_find_location.
 */
public final class LocationTree {
  static final LocationTree EMPTY = new LocationTree(List.of());
  private static final Found NOTHING = new Found(null, false, List.of());

  private final Map<String, Leaf> exact = new HashMap<>();

  /** In the order of their texts; a prefix of another one stands before it. */
  private final Leaf[] prefixes;

  private final Leaf[] expressions;

  /** By the text without the slash that may be missing. */
  private final Map<String, Found> redirecting = new HashMap<>();

  /**
   * What was found.
   *
   * @param block the location; null: none, the server's own level is in force
   * @param isMissingSlash whether only a slash at the end is missing: 301 to the path with it
   * @param matches the expressions that matched on the way, to be applied in order
   */
  public record Found(@Nullable Block block, boolean isMissingSlash, List<RegexMatch> matches) {}

  /** A location, what lies in it, and what is found if nothing but its text decides. */
  private static final class Leaf {
    private final Block block;
    private final LocationName name;
    private final LocationTree inner;
    private final Found found;

    /** The longest other prefix that this one begins with. */
    private @Nullable Leaf shorter;

    private Leaf(Block block, LocationName name) {
      this.block = block;
      this.name = name;
      this.inner = of(block);
      this.found = new Found(block, false, List.of());
    }
  }

  /** A search under way; the answer is the last block that was good enough. */
  private static final class Search {
    private Found found = NOTHING;
    private List<RegexMatch> matches = List.of();
  }

  private LocationTree(List<Leaf> leaves) {
    List<Leaf> texts = new ArrayList<>();
    List<Leaf> regexes = new ArrayList<>();
    Map<String, Leaf> unique = new HashMap<>();
    for (Leaf leaf : leaves) {
      if (leaf.name.kind() == Kind.REGEX) {
        regexes.add(leaf);
        continue;
      }
      boolean isExact = leaf.name.kind() == Kind.EXACT;
      Leaf other = (isExact ? exact : unique).putIfAbsent(leaf.name.text(), leaf);
      if (other != null) {
        throw duplicate(leaf.name);
      }
      if (!isExact) {
        texts.add(leaf);
      }
      if (leaf.block.isRedirectingMissingSlash()) {
        String text = leaf.name.text();
        redirecting.put(
            text.substring(0, text.length() - 1), new Found(leaf.block, true, List.of()));
      }
    }
    texts.sort(Comparator.comparing(leaf -> leaf.name.text()));
    for (int i = 1; i < texts.size(); i++) {
      Leaf leaf = texts.get(i);
      Leaf before = texts.get(i - 1);
      while (before != null && !leaf.name.text().startsWith(before.name.text())) {
        before = before.shorter;
      }
      leaf.shorter = before;
    }
    prefixes = texts.toArray(Leaf[]::new);
    expressions = regexes.toArray(Leaf[]::new);
  }

  /** The locations that stand in a block. */
  static LocationTree of(Block block) {
    List<Leaf> leaves = new ArrayList<>();
    for (Block child : block.children()) {
      child
          .location()
          .filter(name -> name.kind() != Kind.NAMED)
          .ifPresent(name -> leaves.add(new Leaf(child, name)));
    }
    return leaves.isEmpty() ? EMPTY : new LocationTree(leaves);
  }

  static ConfException duplicate(LocationName name) {
    return new ConfException(
        "duplicate location \"" + name.text() + "\" in " + name.file() + ":" + name.line());
  }

  /**
   * The location of a path.
   *
   * @param uri decoded and normalised
   * @throws moonphase.spi.RegexException if a match was given up: answer 500
   */
  public Found find(String uri) {
    Search search = new Search();
    find(uri, search);
    Found found = search.found;
    return search.matches.isEmpty()
        ? found
        : new Found(found.block, found.isMissingSlash, search.matches);
  }

  /** Looks here and below; true if the search is over, false if a better one may follow. */
  private boolean find(String uri, Search search) {
    Leaf same = exact.get(uri);
    if (same != null) {
      search.found = same.found;
      return true;
    }
    Leaf prefix = longest(uri);
    if (!redirecting.isEmpty() && (prefix == null || prefix.name.text().length() < uri.length())) {
      Found longer = redirecting.get(uri);
      if (longer != null) {
        search.found = longer;
        return true;
      }
    }
    if (prefix != null) {
      search.found = prefix.found;
      if (prefix.inner.find(uri, search)) {
        return true;
      }
    }
    if (prefix != null && prefix.name.kind() == Kind.ONLY_PREFIX) {
      return false;
    }
    for (Leaf leaf : expressions) {
      Regex regex = leaf.name.regex().orElseThrow();
      Captures captures = regex.match(uri);
      if (captures != null) {
        search.found = leaf.found;
        search.matches = new ArrayList<>(search.matches);
        search.matches.add(new RegexMatch(captures, regex.names()));
        leaf.inner.find(uri, search);
        return true;
      }
    }
    return false;
  }

  private @Nullable Leaf longest(String uri) {
    int low = 0;
    int high = prefixes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (prefixes[middle].name.text().compareTo(uri) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    Leaf leaf = high < 0 ? null : prefixes[high];
    while (leaf != null && !uri.startsWith(leaf.name.text())) {
      leaf = leaf.shorter;
    }
    return leaf;
  }
}
