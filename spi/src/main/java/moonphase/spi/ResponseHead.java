package moonphase.spi;

/**
 * What is sent before a body. The transport adds {@code Date}, {@code Server}, and what frames the
 * body on its protocol: {@code Transfer-Encoding}, {@code Connection}, {@code Keep-Alive}.
 *
 * @param status the status
 * @param line the status line behind the version, for example {@code 404 Not Found}
 * @param headers the fields; without {@code Content-Length} a body is sent in chunks, or until the
 *     connection closes
 * @param hasBody false for HEAD, 204, 304: no body follows whatever the fields say
 * @param isKeepAlive whether the connection may live on
 * @param isChunkingAllowed {@code chunked_transfer_encoding}
 * @param server the value of {@code Server}
 * @param keepAliveMillis {@code keepalive_timeout}: how long an idle connection lives
 * @param keepAliveHeader its second value in seconds; 0 for no {@code Keep-Alive} field
 * @param sendTimeoutMillis {@code send_timeout}: between two writes
 * @param lingeringMillis {@code lingering_time}: how long a body that nobody wants is read
 */
public record ResponseHead(
    int status,
    String line,
    Headers headers,
    boolean hasBody,
    boolean isKeepAlive,
    boolean isChunkingAllowed,
    String server,
    long keepAliveMillis,
    long keepAliveHeader,
    long sendTimeoutMillis,
    long lingeringMillis) {}
