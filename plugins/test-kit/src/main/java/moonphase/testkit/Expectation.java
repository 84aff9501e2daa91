package moonphase.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Compares what came back with what a case asks for. */
final class Expectation {
  private final SpecCase spec;
  private final List<String> faults = new ArrayList<>();

  private Expectation(SpecCase spec) {
    this.spec = spec;
  }

  /**
   * What differs.
   *
   * @param answer what came back
   * @param log the lines of the error log that were written meanwhile
   * @return a sentence a difference; empty if there is none
   */
  static List<String> faults(SpecCase spec, Answer answer, List<String> log) {
    Expectation expectation = new Expectation(spec);
    if (!spec.has("ignore_response")) {
      expectation.checkStatus(answer);
      expectation.checkBody(answer);
      expectation.checkHeaders(answer);
    }
    expectation.checkLog(log);
    return expectation.faults;
  }

  /** What differs in the log alone, for a configuration that must be refused. */
  static List<String> faults(SpecCase spec, List<String> log) {
    Expectation expectation = new Expectation(spec);
    expectation.checkLog(log);
    return expectation.faults;
  }

  private void checkStatus(Answer answer) {
    String code = spec.has("error_code") ? spec.get("error_code").strip() : "200";
    if (code.isEmpty() ? answer.status() != 0 : answer.status() != Integer.parseInt(code)) {
      faults.add("status is " + answer.status() + ", not " + (code.isEmpty() ? "absent" : code));
    }
  }

  private void checkBody(Answer answer) {
    if (spec.has("response_body") && !answer.body().equals(spec.get("response_body"))) {
      faults.add("body is <" + answer.body() + ">, not <" + spec.get("response_body") + ">");
    }
    if (spec.has("response_body_like")) {
      String like = spec.get("response_body_like").stripTrailing();
      if (!Pattern.compile(like, Pattern.DOTALL | Pattern.MULTILINE)
          .matcher(answer.body())
          .find()) {
        faults.add("body <" + answer.body() + "> is not like <" + like + ">");
      }
    }
  }

  private void checkHeaders(Answer answer) {
    for (String line : spec.lines("response_headers")) {
      if (line.startsWith("!")) {
        String absent = line.substring(1).strip();
        if (answer.headers().contains(absent)) {
          faults.add(absent + " is there: " + answer.headers().all(absent));
        }
        continue;
      }
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).strip();
      String wanted = line.substring(colon + 1).strip();
      String found = String.join(", ", answer.headers().all(name));
      if (!found.equals(wanted)) {
        faults.add(name + " is <" + found + ">, not <" + wanted + ">");
      }
    }
  }

  private void checkLog(List<String> log) {
    String all = String.join("\n", log);
    for (String wanted : spec.lines("error_log")) {
      if (!all.contains(wanted)) {
        faults.add("no line of the error log contains <" + wanted + ">: " + all);
      }
    }
    for (String pattern : spec.lines("error_log_like")) {
      if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(all).find()) {
        faults.add("the error log is not like <" + pattern + ">: " + all);
      }
    }
    List<String> unwanted = spec.lines("no_error_log");
    boolean asked = spec.has("error_log") || spec.has("error_log_like") || spec.has("must_die");
    if (unwanted.isEmpty() && !asked) {
      unwanted = List.of("[error]", "[crit]", "[alert]", "[emerg]");
    }
    for (String line : log) {
      for (String tag : unwanted) {
        if (line.contains(tag)) {
          faults.add("unwanted line of the error log: " + line);
        }
      }
    }
  }
}
