package moonphase.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import moonphase.kernel.conf.Block;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.BodyFilter;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;

/**
 * The order of modules: the only file that knows it. A star stands for third parties, by descending
 * ranking, then by their bundle's name, never by arrival.
 *
 * <p>Source: auto/modules of nginx, with handlers in reverse order of registration; Lua moves its
 * handlers to the end of REWRITE, ACCESS and PRECONTENT, and to the front of LOG.
 */
final class PhaseOrder {
  private static final String OTHERS = "*";

  /** The order in which handlers run. */
  private static final Map<Phase, List<String>> HANDLERS = new EnumMap<>(Phase.class);

  /** The order in which filters see a response, up to where subrequests are put in order. */
  private static final List<String> FILTERS =
      List.of(
          "not_modified",
          "range_body",
          "headers_more",
          OTHERS,
          "lua_filter",
          "echo",
          "headers",
          "userid",
          "gunzip",
          "addition",
          "sub",
          "image_filter",
          "xslt",
          "charset",
          "ssi");

  /** The filters that see the response with its subrequests in order. */
  private static final List<String> MERGED_FILTERS = List.of("gzip", "range_header");

  private PhaseOrder() {}

  /** The handlers of a phase in the order in which they run. */
  static List<Plugin> handlers(Phase phase, List<Plugin> plugins) {
    return sorted(
        HANDLERS.getOrDefault(phase, List.of(OTHERS)),
        plugins.stream()
            .filter(p -> p.phase().isPresent() && p.phase().get() == phase)
            .filter(p ->
                p.service() instanceof PhaseHandler || p.service() instanceof BlockingPhaseHandler)
            .toList());
  }

  /** The header filters in the order in which they run. */
  static HeaderFilter[] headerFilters(List<Plugin> plugins) {
    List<HeaderFilter> filters = new ArrayList<>();
    List<String> order = new ArrayList<>(FILTERS);
    order.addAll(MERGED_FILTERS);
    for (Plugin plugin : sorted(order, plugins)) {
      if (plugin.service() instanceof HeaderFilter filter) {
        filters.add(filter);
      }
    }
    return filters.toArray(HeaderFilter[]::new);
  }

  /**
   * The body filters in the order in which they run.
   *
   * @param isMerged false: those of each request and subrequest; true: those of the whole response
   */
  static BodyFilter[] bodyFilters(List<Plugin> plugins, boolean isMerged) {
    List<BodyFilter> filters = new ArrayList<>();
    for (Plugin plugin : sorted(isMerged ? MERGED_FILTERS : FILTERS, plugins)) {
      if (plugin.service() instanceof BodyFilter filter
          && MERGED_FILTERS.contains(plugin.module()) == isMerged) {
        filters.add(filter);
      }
    }
    return filters.toArray(BodyFilter[]::new);
  }

  /**
   * The order of each phase in words, one line a phase.
   *
   * @param before stands at the beginning of each line
   */
  static String describe(List<Plugin> plugins, String before) {
    StringBuilder text = new StringBuilder();
    for (Phase phase : Phase.values()) {
      text.append(before).append(phase).append(':');
      handlers(phase, plugins).forEach(plugin -> text.append(' ').append(plugin.module()));
      text.append('\n');
    }
    return text.toString();
  }

  /** The order of each phase for a block: in parentheses who has nothing to do there. */
  static String describe(List<Plugin> plugins, Block block) {
    StringBuilder text = new StringBuilder();
    for (Phase phase : Phase.values()) {
      text.append(phase).append(':');
      for (Plugin plugin : handlers(phase, plugins)) {
        boolean isIdle = plugin.service() instanceof PhaseHandler handler && handler.isIdle(block);
        text.append(isIdle ? " (" : " ").append(plugin.module()).append(isIdle ? ")" : "");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static List<Plugin> sorted(List<String> order, List<Plugin> plugins) {
    Comparator<Plugin> place =
        Comparator.comparingInt(plugin -> {
          int i = order.indexOf(plugin.module());
          return i >= 0 ? i : order.indexOf(OTHERS);
        });
    return plugins.stream()
        .sorted(
            place
                .thenComparing(Comparator.comparingInt(Plugin::ranking).reversed())
                .thenComparing(Plugin::origin)
                .thenComparing(plugin -> plugin.service().getClass().getName()))
        .toList();
  }

  private static void order(Phase phase, String... modules) {
    HANDLERS.put(phase, Arrays.asList(modules));
  }

  static {
    order(Phase.POST_READ, "realip", OTHERS);
    order(Phase.SERVER_REWRITE, "lua_rewrite", OTHERS, "rewrite");
    order(Phase.REWRITE, "lua_rewrite_first", "rewrite", OTHERS, "lua_rewrite");
    order(Phase.PREACCESS, "degradation", "realip", "limit_req", "limit_conn", OTHERS);
    order(
        Phase.ACCESS,
        "lua_access_first",
        "access",
        "auth_basic",
        "auth_request",
        OTHERS,
        "lua_access");
    order(Phase.PRECONTENT, "try_files", "mirror", OTHERS, "lua_content");
    order(
        Phase.CONTENT,
        "stub_status",
        "proxy",
        "memc",
        "echo",
        OTHERS,
        "lua_content",
        "random_index",
        "index",
        "autoindex",
        "dav",
        "gzip_static",
        "static");
    order(Phase.LOG, "lua_log", OTHERS, "log");
  }
}
