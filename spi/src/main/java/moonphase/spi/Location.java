package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Where in the configuration an exchange stands. Worker thread only. */
@ProviderType
public interface Location {
  /**
   * An attribute of an exchange: in a location by expression with {@code alias}, the URI is part of
   * files again, because {@code try_files} has chosen it.
   */
  Attributes.Key<Boolean> ADDS_URI = new Attributes.Key<>("alias: uri is added");

  /** The text after {@code location}: a prefix, an expression or {@code @name}; empty before. */
  String name();

  /**
   * The file that a URI stands for by {@code root} or {@code alias} here.
   *
   * @param uri a decoded path that begins with a slash
   * @return a path in Latin-1 chars that never leaves the root; it may not exist
   */
  String file(String uri);

  /**
   * Whether a file lies where the root or alias says: a rewritten URI, or an alias without a slash
   * at its end, may put dots together that lead elsewhere.
   *
   * @param uri what it is the file of
   * @param file what {@link #file} gave for it, perhaps with something behind it
   */
  default boolean contains(String uri, String file) {
    String root;
    if (!isAlias()) {
      String slashed = file("/");
      root = slashed.substring(0, slashed.length() - 1);
    } else if (uri.startsWith(name())) {
      root = file(name());
    } else {
      root = "";
    }
    if (!file.startsWith(root)) {
      return false;
    }
    String rest = file.substring(root.length());
    return (isAlias() || rest.startsWith("/")) && !("/" + rest + "/").contains("/../");
  }

  /**
   * Whether a host is a name of this server.
   *
   * @param host in lower case, without port
   */
  default boolean isServerName(String host) {
    return false;
  }

  /** Whether {@code alias} is in force, so that the location's prefix is not part of files. */
  boolean isAlias();

  /**
   * The media type by {@code types} and {@code default_type} here.
   *
   * @param uri its extension decides
   * @return empty if there is none
   */
  String contentType(String uri);

  /** Whether the consent of one access handler is enough here: {@code satisfy any}. */
  boolean isSatisfyAny();

  /** The reading of the configuration that the exchange began with. */
  Generation generation();

  /**
   * Moves the exchange into an anonymous block, as {@code if} does.
   *
   * @param block what {@link Arguments#block()} gave
   */
  void enter(ConfBlock block);
}
