package moonphase.http.geo;

import moonphase.spi.Arguments;
import moonphase.spi.Network;

/** Values by address. For one thread while it is filled, for any thread after that. */
interface Lookup {
  /** Sets what holds for all addresses that nothing else is said about. */
  void byDefault(Arguments args, String value);

  /** Gives a value to the addresses that a text names. */
  void add(Arguments args, String addresses, String value);

  /** Takes back what the very same addresses were given. */
  void delete(Arguments args, String addresses);

  /** The value of an address; empty if there is none. */
  String find(Network address);
}
