/**
 * Runs requests: phases, exchanges, responses and their filters, subrequests, the life of a server.
 *
 * <p>Reading nginx.conf is {@code moonphase.kernel.conf}'s, variables are {@code
 * moonphase.kernel.variable}'s, log lines {@code moonphase.kernel.log}'s. Nothing here is exported;
 * {@link moonphase.kernel.KernelBuilder} is the way in for a process without a framework.
 */
@NullMarked
package moonphase.kernel;

import org.jspecify.annotations.NullMarked;
