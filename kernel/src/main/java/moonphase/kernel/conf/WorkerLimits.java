package moonphase.kernel.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import moonphase.spi.Arguments;
import moonphase.spi.Quantity;

/**
 * What the configuration says about the resources of the process and its workers. Immutable.
 *
 * <p>Source: ngx_set_priority, ngx_set_cpu_affinity, ngx_get_cpu_affinity.
 *
 * @param priority {@code worker_priority}: a nice value
 * @param openFiles {@code worker_rlimit_nofile}
 * @param coreBytes {@code worker_rlimit_core}
 * @param affinity {@code worker_cpu_affinity}; empty for every processor
 * @param folder {@code working_directory}; empty for the one the server was started in
 */
public record WorkerLimits(
    OptionalInt priority,
    OptionalLong openFiles,
    OptionalLong coreBytes,
    Affinity affinity,
    List<Path> folder) {
  /** What a system set of processors can hold. */
  private static final int PROCESSORS = 1024;

  /**
   * Sets of processors, as written.
   *
   * @param masks one for each worker, the last one for all that follow
   * @param isAuto whether each worker has a processor of its own out of the first mask
   */
  public record Affinity(List<BitSet> masks, boolean isAuto) {
    static final Affinity NONE = new Affinity(List.of(), false);

    /** The processors of a worker, counted from 0; empty: any. */
    public BitSet of(int worker) {
      if (masks.isEmpty()) {
        return new BitSet();
      }
      if (!isAuto) {
        return masks.get(Math.min(worker, masks.size() - 1));
      }
      BitSet all = masks.getFirst();
      BitSet one = new BitSet();
      int processor = -1;
      for (int i = 0; i <= worker % Math.max(all.cardinality(), 1) && !all.isEmpty(); i++) {
        processor = all.nextSetBit(processor + 1);
      }
      if (processor >= 0) {
        one.set(processor);
      }
      return one;
    }
  }

  static ProcessConf priority(ProcessConf conf, Arguments args) {
    String text = args.get(0);
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    long number = Quantity.number(isSigned ? text.substring(1) : text);
    if (number == Quantity.NONE || number > Integer.MAX_VALUE) {
      throw ((Statement) args).directiveError("invalid number");
    }
    return conf.with(args.name(), text.startsWith("-") ? -(int) number : (int) number);
  }

  static ProcessConf affinity(ProcessConf conf, Arguments args) {
    boolean isAuto = args.get(0).equals("auto");
    if (isAuto && args.size() > 2) {
      throw args.error("invalid number of arguments in \"worker_cpu_affinity\" directive");
    }
    List<BitSet> masks = new ArrayList<>();
    for (int i = isAuto ? 1 : 0; i < args.size(); i++) {
      masks.add(mask(args, args.get(i)));
    }
    if (masks.isEmpty()) {
      BitSet all = new BitSet();
      all.set(0, Math.min(Runtime.getRuntime().availableProcessors(), PROCESSORS));
      masks.add(all);
    }
    return conf.with(args.name(), new Affinity(List.copyOf(masks), isAuto));
  }

  private static BitSet mask(Arguments args, String text) {
    if (text.length() > PROCESSORS) {
      throw args.error("\"worker_cpu_affinity\" supports up to " + PROCESSORS + " CPUs only");
    }
    BitSet mask = new BitSet();
    String bits = text.replace(" ", "");
    for (int i = 0; i < bits.length(); i++) {
      char bit = bits.charAt(bits.length() - 1 - i);
      if (bit != '0' && bit != '1') {
        throw args.error("invalid character \"" + bit + "\" in \"worker_cpu_affinity\"");
      }
      mask.set(i, bit == '1');
    }
    return mask;
  }

  static ProcessConf folder(ProcessConf conf, Arguments args) {
    args.hasNoEffect(
        "on the names of files that scripts open, which start where the server was started");
    return conf.with(args.name(), args.file(0));
  }
}
