package moonphase.http.files;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Template;

/**
 * The names of index files; inherited only if the level has none.
 *
 * @param names in the order in which they are tried; empty for {@code index.html}
 */
record IndexConf(List<Template> names) implements Conf<IndexConf> {
  static final ConfKey<IndexConf> KEY = new ConfKey<>("index", new IndexConf(List.of()));

  /** These names and those of a directive. */
  IndexConf with(Arguments args) {
    List<Template> all = new ArrayList<>(names);
    for (int i = 0; i < args.size(); i++) {
      String name = args.get(i);
      if (name.isEmpty()) {
        throw args.error("index \"\" in \"index\" directive is invalid");
      }
      if (name.startsWith("/") && i != args.size() - 1) {
        args.warn("only the last index in \"index\" directive should be absolute");
      }
      all.add(args.template(i));
    }
    return new IndexConf(List.copyOf(all));
  }

  @Override
  public IndexConf inherit(IndexConf outer) {
    return names.isEmpty() ? outer : this;
  }
}
