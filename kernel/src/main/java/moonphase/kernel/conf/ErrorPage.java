package moonphase.kernel.conf;

import moonphase.spi.Template;

/**
 * What {@code error_page} says for one status. Immutable.
 *
 * @param overwrite the status to answer with instead; 0: the one that the handler of the page gives
 *     ({@code =}); -1: the original one stays
 * @param uri a path, a named location or a URL; without arguments if it is constant
 * @param args the arguments of a constant path; with variables they are found after evaluation
 */
public record ErrorPage(int overwrite, Template uri, String args) {}
