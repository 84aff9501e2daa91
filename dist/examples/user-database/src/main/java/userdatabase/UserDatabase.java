package userdatabase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.Decision;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.RequestSnapshot;
import moonphase.spi.Verdict;
import org.h2.jdbcx.JdbcConnectionPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Looks up who asks below {@code /members/} in a database, and tells the handlers that follow the
 * user's role in a header field. Runs on a virtual thread, where it may wait for the database.
 */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "user-database")
public final class UserDatabase implements BlockingPhaseHandler {
  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create("jdbc:h2:mem:users;DB_CLOSE_DELAY=-1", "sa", "");

  /** Makes the table; a real one would be there. */
  @Activate
  public UserDatabase() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists users (name varchar primary key, role varchar)");
      statement.execute("merge into users values ('anna', 'admin'), ('bert', 'reader')");
    }
  }

  @Override
  public Decision handle(RequestSnapshot request) throws SQLException {
    if (!request.uri().startsWith("/members/")) {
      return Decision.of(Verdict.DECLINED);
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select role from users where name = ?")) {
      query.setString(1, request.headers().get("X-User"));
      ResultSet user = query.executeQuery();
      return user.next()
          ? new Decision(Verdict.OK, Map.of("X-Role", user.getString(1)), Map.of(), Map.of())
          : Decision.of(Verdict.finish(403));
    }
  }

  /** Ends the pool's connections with the bundle. */
  @Deactivate
  public void close() {
    pool.dispose();
  }
}
