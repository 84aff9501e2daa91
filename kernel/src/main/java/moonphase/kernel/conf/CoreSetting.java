package moonphase.kernel.conf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/** The settings of {@link CoreConf} with what holds where nothing was written: nginx's defaults. */
enum CoreSetting {
  ABSOLUTE_REDIRECT(true),
  AUTH_DELAY(0L),
  CHUNKED_TRANSFER_ENCODING(true),
  CLIENT_BODY_BUFFER_SIZE(16_384L),
  CLIENT_BODY_IN_FILE_ONLY(CoreConf.BodyFile.OFF),
  CLIENT_BODY_TEMP_PATH(null),
  CLIENT_BODY_TIMEOUT(60_000L),
  CLIENT_HEADER_BUFFER_SIZE(1024L),
  CLIENT_HEADER_TIMEOUT(60_000L),
  CLIENT_MAX_BODY_SIZE(1_048_576L),
  DEFAULT_TYPE("text/plain"),
  ERROR_LOG(new NginxErrorLog(List.of())),
  ERROR_PAGE(Map.of()),
  IGNORE_INVALID_HEADERS(true),
  INTERNAL(false),
  KEEPALIVE_DISABLE(Set.of("msie6")),
  KEEPALIVE_HEADER(0L),
  KEEPALIVE_REQUESTS(1000L),
  KEEPALIVE_TIME(3_600_000L),
  KEEPALIVE_TIMEOUT(75_000L),
  LARGE_CLIENT_HEADER_BUFFERS(new CoreConf.Buffers(4, 8192)),
  LIMIT_RATE(SizeTemplate.ZERO),
  LIMIT_RATE_AFTER(SizeTemplate.ZERO),
  LINGERING_CLOSE(ConnectionSettings.Lingering.ON),
  LINGERING_TIME(30_000L),
  LINGERING_TIMEOUT(5_000L),
  LOG_SUBREQUEST(false),
  MERGE_SLASHES(true),
  MSIE_PADDING(true),
  MSIE_REFRESH(false),
  PORT_IN_REDIRECT(true),
  POSTPONE_OUTPUT(1460L),
  RECURSIVE_ERROR_PAGES(false),
  RESET_TIMEDOUT_CONNECTION(false),
  RESOLVER(Resolver.NONE),
  RESOLVER_TIMEOUT(30_000L),
  ROOT(null),
  SATISFY_ANY(false),
  SEND_TIMEOUT(60_000L),
  SERVER_NAME_IN_REDIRECT(false),
  SERVER_TOKENS(CoreConf.Tokens.ON),
  TYPES(MediaTypes.DEFAULT),
  UNDERSCORES_IN_HEADERS(false);

  private final @Nullable Object byDefault;

  CoreSetting(@Nullable Object byDefault) {
    this.byDefault = byDefault;
  }

  /** What holds where nothing was written; null where the reader writes it on the level main. */
  @Nullable Object byDefault() {
    return byDefault;
  }
}
