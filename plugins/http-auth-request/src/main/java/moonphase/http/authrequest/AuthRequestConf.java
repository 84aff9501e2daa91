package moonphase.http.authrequest;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;
import moonphase.spi.Template;

/**
 * Whom to ask, and what to remember of the answer.
 *
 * @param uri {@code auth_request}; empty for {@code off}
 * @param assignments {@code auth_request_set}, in the order written; inherited only by a level that
 *     has none
 */
record AuthRequestConf(Setting<String> uri, List<Assignment> assignments)
    implements Conf<AuthRequestConf> {
  static final ConfKey<AuthRequestConf> KEY =
      new ConfKey<>("auth_request", new AuthRequestConf(Setting.unset(), List.of()));

  /**
   * A variable that the answer gives a value to.
   *
   * @param variable without dollar sign, lower case
   * @param value evaluated in the subrequest
   */
  record Assignment(String variable, Template value) {}

  AuthRequestConf withUri(String text) {
    return new AuthRequestConf(Setting.of(text.equals("off") ? "" : text), assignments);
  }

  AuthRequestConf withAssignment(Arguments args) {
    String variable = args.variableName(0);
    args.declare(variable);
    List<Assignment> all = new ArrayList<>(assignments);
    all.add(new Assignment(variable, args.template(1)));
    return new AuthRequestConf(uri, List.copyOf(all));
  }

  @Override
  public AuthRequestConf inherit(AuthRequestConf outer) {
    return new AuthRequestConf(
        uri.inherit(outer.uri), assignments.isEmpty() ? outer.assignments : assignments);
  }
}
