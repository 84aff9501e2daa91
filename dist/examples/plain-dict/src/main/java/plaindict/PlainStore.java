package plaindict;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.SharedDict;
import moonphase.spi.SharedDictStore;
import org.osgi.service.component.annotations.Component;

/** Keeps dictionaries as {@link PlainDict}s; its ranking puts it before the server's own store. */
@Component(property = "service.ranking:Integer=100")
public final class PlainStore implements SharedDictStore {
  private final Map<String, PlainDict> dicts = new ConcurrentHashMap<>();

  @Override
  public SharedDict open(String name, long bytes) {
    return dicts.compute(
        name,
        (key, before) ->
            before != null && before.capacity() == bytes ? before : new PlainDict(name, bytes));
  }
}
