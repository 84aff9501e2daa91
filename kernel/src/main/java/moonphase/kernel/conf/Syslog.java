package moonphase.kernel.conf;

import java.util.List;
import moonphase.kernel.log.SyslogPeer;

/**
 * Reads {@code syslog:server=address[,facility=...][,tag=...][,severity=...][,nohostname]}, which
 * stands where a log's file may stand.
 *
 * <p>Source: ngx_syslog_process_conf.
 */
final class Syslog {
  /** How such a name begins. */
  static final String PREFIX = "syslog:";

  private static final int PORT = 514;
  private static final int LONGEST_TAG = 32;
  private static final int LOCAL7 = 23;
  private static final int INFO = 6;
  private static final List<String> FACILITIES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "intern",
          "lpr",
          "news",
          "uucp",
          "clock",
          "authpriv",
          "ftp",
          "ntp",
          "audit",
          "alert",
          "cron",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");
  private static final List<String> SEVERITIES =
      List.of("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");

  private final Statement args;
  private SocketName server;
  private boolean hasServer;
  private int facility = -1;
  private int severity = -1;
  private String tag = "";
  private boolean hasTag;
  private boolean hasNoHostName;

  private Syslog(Statement args) {
    this.args = args;
    this.server = new SocketName("", 0, "");
  }

  /** Reads the text of an argument. */
  static SyslogPeer.Settings read(Statement args, String text) {
    Syslog syslog = new Syslog(args);
    for (String parameter : text.substring(PREFIX.length()).split(",", -1)) {
      syslog.parameter(parameter);
    }
    if (!syslog.hasServer) {
      throw args.error("no syslog server specified");
    }
    return new SyslogPeer.Settings(
        syslog.server.host(),
        syslog.server.port(),
        syslog.server.unixPath(),
        syslog.facility < 0 ? LOCAL7 : syslog.facility,
        syslog.severity < 0 ? INFO : syslog.severity,
        syslog.hasTag ? syslog.tag : "nginx",
        syslog.hasNoHostName);
  }

  private void parameter(String text) {
    String value = text.substring(text.indexOf('=') + 1);
    if (text.startsWith("server=")) {
      once(hasServer, "server");
      hasServer = true;
      server = server(value);
    } else if (text.startsWith("facility=")) {
      once(facility >= 0, "facility");
      facility = number(FACILITIES, "facility", value);
    } else if (text.startsWith("severity=")) {
      once(severity >= 0, "severity");
      severity = number(SEVERITIES, "severity", value);
    } else if (text.startsWith("tag=")) {
      once(hasTag, "tag");
      hasTag = true;
      tag = tag(value);
    } else if (text.equals("nohostname")) {
      hasNoHostName = true;
    } else {
      throw args.error("unknown syslog parameter \"" + text + "\"");
    }
  }

  private void once(boolean wasGiven, String name) {
    if (wasGiven) {
      throw args.error("duplicate syslog \"" + name + "\"");
    }
  }

  private SocketName server(String text) {
    try {
      return SocketName.parse(text, PORT, false).iterator().next();
    } catch (IllegalArgumentException e) {
      throw args.error(e.getMessage() + " in syslog server \"" + text + "\"");
    }
  }

  private int number(List<String> words, String name, String word) {
    int number = words.indexOf(word);
    if (number < 0) {
      throw args.error("unknown syslog " + name + " \"" + word + "\"");
    }
    return number;
  }

  private String tag(String text) {
    if (text.length() > LONGEST_TAG) {
      throw args.error("syslog tag length exceeds " + LONGEST_TAG);
    }
    if (!text.matches("[0-9A-Za-z_]*")) {
      throw args.error("syslog \"tag\" only allows alphanumeric characters and underscore");
    }
    return text;
  }
}
