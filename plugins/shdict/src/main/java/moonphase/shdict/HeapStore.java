package moonphase.shdict;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.SharedDict;
import moonphase.spi.SharedDictStore;
import org.osgi.service.component.annotations.Component;

/** Keeps dictionaries on the heap of this process, as long as this bundle runs. Any thread. */
@Component
public final class HeapStore implements SharedDictStore {
  private final Map<String, HeapDict> dicts = new ConcurrentHashMap<>();

  /** Used by the framework. */
  public HeapStore() {}

  @Override
  public SharedDict open(String name, long bytes) {
    return dicts.compute(
        name,
        (key, before) ->
            before != null && before.capacity() == bytes
                ? before
                : new HeapDict(name, bytes, System::currentTimeMillis));
  }
}
