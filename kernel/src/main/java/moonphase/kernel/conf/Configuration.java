package moonphase.kernel.conf;

import java.util.List;
import java.util.Set;
import moonphase.kernel.variable.VariableTable;
import moonphase.spi.LogFile;

/**
 * A configuration that was read, checked and merged. Immutable, any thread.
 *
 * @param source what it was read from
 * @param modules what it was read with
 * @param main the level main; {@link ProcessConf} is found here
 * @param http the level http; an empty one if there is no {@code http}
 * @param listens what to listen on, in the order of the file
 * @param variables the variables declared
 * @param files the files read, in the order of first reading
 * @param logFiles the log files that were opened
 * @param notices what to say at level info: directives without effect here, one line each
 */
public record Configuration(
    ConfSource source,
    ModuleSet modules,
    Block main,
    Block http,
    List<Listen> listens,
    VariableTable variables,
    List<ConfFile> files,
    Set<LogFile> logFiles,
    List<String> notices) {
  /** The process: workers, pid file, user, environment. */
  public ProcessConf process() {
    return main.conf(ProcessConf.KEY);
  }

  /** The files as {@code -T} prints them. */
  public String dump() {
    StringBuilder dump = new StringBuilder();
    for (ConfFile file : files) {
      dump.append("# configuration file ").append(file.path()).append(":\n");
      dump.append(file.text()).append('\n');
    }
    return dump.toString();
  }
}
