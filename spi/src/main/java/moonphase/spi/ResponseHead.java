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
 * @param settings of the connection from now on
 */
public record ResponseHead(
    int status,
    String line,
    Headers headers,
    boolean hasBody,
    boolean isKeepAlive,
    boolean isChunkingAllowed,
    String server,
    ConnectionSettings settings) {}
