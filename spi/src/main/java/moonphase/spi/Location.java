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
