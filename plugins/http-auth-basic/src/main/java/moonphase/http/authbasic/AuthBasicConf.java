package moonphase.http.authbasic;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Template;
import org.jspecify.annotations.Nullable;

/**
 * Realm and user file; there is no authentication unless both are set.
 *
 * @param realm {@code auth_basic}, null if unset; a value of {@code off} turns authentication off
 * @param file {@code auth_basic_user_file}, null if unset
 */
record AuthBasicConf(@Nullable Template realm, @Nullable UserFileName file)
    implements Conf<AuthBasicConf> {
  static final ConfKey<AuthBasicConf> KEY =
      new ConfKey<>("auth_basic", new AuthBasicConf(null, null));

  AuthBasicConf withRealm(Template realm) {
    return new AuthBasicConf(realm, file);
  }

  AuthBasicConf withFile(UserFileName file) {
    return new AuthBasicConf(realm, file);
  }

  @Override
  public AuthBasicConf inherit(AuthBasicConf outer) {
    return new AuthBasicConf(realm == null ? outer.realm : realm, file == null ? outer.file : file);
  }
}
