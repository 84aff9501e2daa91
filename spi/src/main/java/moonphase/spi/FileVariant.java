package moonphase.spi;

/**
 * An attribute of an exchange: a coded copy of the file asked for, which is sent in its place if it
 * is there. A handler before the one that sends files puts it.
 *
 * @param suffix follows the file's name, for example {@code .gz}
 * @param coding the copy's {@code Content-Encoding}
 * @param isTaken whether the client takes it; if not, the copy is looked for all the same
 * @param found told on the worker thread that there is a copy
 */
public record FileVariant(String suffix, String coding, boolean isTaken, Runnable found) {
  /** Where it is kept. */
  public static final Attributes.Key<FileVariant> KEY = new Attributes.Key<>("file variant");
}
