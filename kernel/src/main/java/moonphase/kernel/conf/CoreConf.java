package moonphase.kernel.conf;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.ConnectionSettings;
import moonphase.spi.HttpLimits;
import org.jspecify.annotations.Nullable;

/**
 * The core module's configuration of one block. Immutable, any thread; reading a setting costs an
 * array access. Sizes are bytes, times milliseconds.
 */
public final class CoreConf implements Conf<CoreConf> {
  /** The core module's key. */
  public static final ConfKey<CoreConf> KEY =
      new ConfKey<>("core", new CoreConf(new @Nullable Object[CoreSetting.values().length]));

  private static final CoreSetting[] ALL = CoreSetting.values();

  private final @Nullable Object[] values;
  private final ConnectionSettings connection;

  /** {@code client_body_in_file_only}. */
  public enum BodyFile {
    /** A body is in memory as long as it fits. */
    OFF,
    /** Each body is in a file, which outlives the request. */
    ON,
    /** Each body is in a file, which goes with the request. */
    CLEAN
  }

  /** {@code server_tokens}. */
  public enum Tokens {
    /** The name alone. */
    OFF,
    /** The name and the version. */
    ON,
    /** The name, the version and the build. */
    BUILD
  }

  /** {@code large_client_header_buffers}. */
  record Buffers(int count, int size) {}

  private CoreConf(@Nullable Object[] values) {
    this.values = values;
    this.connection = readConnection();
  }

  /** This, and one setting more. */
  CoreConf with(CoreSetting setting, Object value) {
    @Nullable Object[] changed = values.clone();
    changed[setting.ordinal()] = value;
    return new CoreConf(changed);
  }

  /** Whether a setting was written in this block, or is in force once it was merged. */
  boolean has(CoreSetting setting) {
    return values[setting.ordinal()] != null;
  }

  @Override
  public CoreConf inherit(CoreConf outer) {
    @Nullable Object[] merged = values.clone();
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == null) {
        merged[i] = outer.values[i] != null ? outer.values[i] : ALL[i].byDefault();
      }
    }
    return new CoreConf(merged);
  }

  private Object at(CoreSetting setting) {
    Object value = values[setting.ordinal()];
    return value != null ? value : Objects.requireNonNull(setting.byDefault());
  }

  private boolean flag(CoreSetting setting) {
    return (boolean) at(setting);
  }

  private long number(CoreSetting setting) {
    return (long) at(setting);
  }

  /** {@code absolute_redirect}. */
  public boolean isAbsoluteRedirect() {
    return flag(CoreSetting.ABSOLUTE_REDIRECT);
  }

  /** {@code auth_delay}. */
  public long authDelay() {
    return number(CoreSetting.AUTH_DELAY);
  }

  /** {@code chunked_transfer_encoding}. */
  public boolean isChunkedTransferEncoding() {
    return flag(CoreSetting.CHUNKED_TRANSFER_ENCODING);
  }

  /** {@code client_body_buffer_size}. */
  public long clientBodyBufferSize() {
    return number(CoreSetting.CLIENT_BODY_BUFFER_SIZE);
  }

  /** {@code client_body_in_file_only}. */
  public BodyFile clientBodyInFileOnly() {
    return (BodyFile) at(CoreSetting.CLIENT_BODY_IN_FILE_ONLY);
  }

  /** {@code client_body_temp_path}: the folder, absolute; its levels have no effect. */
  public Path clientBodyTempPath() {
    return (Path) at(CoreSetting.CLIENT_BODY_TEMP_PATH);
  }

  /** {@code client_body_timeout}. */
  public long clientBodyTimeout() {
    return number(CoreSetting.CLIENT_BODY_TIMEOUT);
  }

  /** {@code client_max_body_size}; 0 for no limit. */
  public long clientMaxBodySize() {
    return number(CoreSetting.CLIENT_MAX_BODY_SIZE);
  }

  /**
   * The media type of a path by {@code types} and {@code default_type}.
   *
   * @return empty if there is none
   */
  public String contentType(String uri) {
    String type = types().of(uri);
    return type != null ? type : (String) at(CoreSetting.DEFAULT_TYPE);
  }

  /** {@code types}. */
  MediaTypes types() {
    return (MediaTypes) at(CoreSetting.TYPES);
  }

  /** {@code error_log}. */
  public NginxErrorLog errorLog() {
    return (NginxErrorLog) at(CoreSetting.ERROR_LOG);
  }

  /** {@code error_page} for a status; null if none is set for it. */
  public @Nullable ErrorPage errorPage(int status) {
    return errorPages().get(status);
  }

  /** {@code error_page} by status. */
  @SuppressWarnings("unchecked") // only this is ever put there
  Map<Integer, ErrorPage> errorPages() {
    return (Map<Integer, ErrorPage>) at(CoreSetting.ERROR_PAGE);
  }

  /** {@code internal}. */
  public boolean isInternal() {
    return flag(CoreSetting.INTERNAL);
  }

  /** {@code keepalive_disable}: the browsers by nginx's names, {@code msie6} and {@code safari}. */
  @SuppressWarnings("unchecked") // only this is ever put there
  public Set<String> keepaliveDisable() {
    return (Set<String>) at(CoreSetting.KEEPALIVE_DISABLE);
  }

  /** The second value of {@code keepalive_timeout} in seconds; 0 for no field. */
  public long keepaliveHeader() {
    return number(CoreSetting.KEEPALIVE_HEADER);
  }

  /** {@code keepalive_requests}. */
  public long keepaliveRequests() {
    return number(CoreSetting.KEEPALIVE_REQUESTS);
  }

  /** {@code keepalive_time}. */
  public long keepaliveTime() {
    return number(CoreSetting.KEEPALIVE_TIME);
  }

  /** {@code keepalive_timeout}; 0: connections are not kept alive. */
  public long keepaliveTimeout() {
    return number(CoreSetting.KEEPALIVE_TIMEOUT);
  }

  /** {@code limit_rate}. */
  public SizeTemplate limitRate() {
    return (SizeTemplate) at(CoreSetting.LIMIT_RATE);
  }

  /** {@code limit_rate_after}. */
  public SizeTemplate limitRateAfter() {
    return (SizeTemplate) at(CoreSetting.LIMIT_RATE_AFTER);
  }

  /** {@code log_subrequest}. */
  public boolean isLogSubrequest() {
    return flag(CoreSetting.LOG_SUBREQUEST);
  }

  /** {@code merge_slashes}. */
  public boolean isMergeSlashes() {
    return flag(CoreSetting.MERGE_SLASHES);
  }

  /** {@code msie_padding}. */
  public boolean isMsiePadding() {
    return flag(CoreSetting.MSIE_PADDING);
  }

  /** {@code msie_refresh}. */
  public boolean isMsieRefresh() {
    return flag(CoreSetting.MSIE_REFRESH);
  }

  /** {@code port_in_redirect}. */
  public boolean isPortInRedirect() {
    return flag(CoreSetting.PORT_IN_REDIRECT);
  }

  /** {@code recursive_error_pages}. */
  public boolean isRecursiveErrorPages() {
    return flag(CoreSetting.RECURSIVE_ERROR_PAGES);
  }

  /** {@code resolver}. */
  public Resolver resolver() {
    return (Resolver) at(CoreSetting.RESOLVER);
  }

  /** {@code resolver_timeout}. */
  public long resolverTimeout() {
    return number(CoreSetting.RESOLVER_TIMEOUT);
  }

  /** {@code root} or {@code alias}. */
  public DocumentRoot root() {
    return (DocumentRoot) at(CoreSetting.ROOT);
  }

  /** {@code satisfy any}. */
  public boolean isSatisfyAny() {
    return flag(CoreSetting.SATISFY_ANY);
  }

  /** {@code server_name_in_redirect}. */
  public boolean isServerNameInRedirect() {
    return flag(CoreSetting.SERVER_NAME_IN_REDIRECT);
  }

  /** {@code server_tokens}, where {@code on} and {@code build} are the same. */
  public boolean isServerTokens() {
    return at(CoreSetting.SERVER_TOKENS) != Tokens.OFF;
  }

  /** How a connection is treated with a response from here, and after it. */
  public ConnectionSettings connection() {
    return connection;
  }

  private ConnectionSettings readConnection() {
    return new ConnectionSettings(
        keepaliveTimeout(),
        number(CoreSetting.KEEPALIVE_HEADER),
        number(CoreSetting.SEND_TIMEOUT),
        number(CoreSetting.POSTPONE_OUTPUT),
        (ConnectionSettings.Lingering) at(CoreSetting.LINGERING_CLOSE),
        number(CoreSetting.LINGERING_TIME),
        number(CoreSetting.LINGERING_TIMEOUT),
        flag(CoreSetting.RESET_TIMEDOUT_CONNECTION));
  }

  /** How requests are read, for the listening socket whose default server this is. */
  HttpLimits limits() {
    Buffers large = (Buffers) at(CoreSetting.LARGE_CLIENT_HEADER_BUFFERS);
    return new HttpLimits(
        (int) number(CoreSetting.CLIENT_HEADER_BUFFER_SIZE),
        large.count,
        large.size,
        number(CoreSetting.CLIENT_HEADER_TIMEOUT),
        flag(CoreSetting.IGNORE_INVALID_HEADERS),
        flag(CoreSetting.UNDERSCORES_IN_HEADERS));
  }
}
