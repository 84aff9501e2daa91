/** A JUnit 5 driver for Pax Exam, and the distribution's bundles as its options. */
@NullMarked
package moonphase.dist.osgi;

import org.jspecify.annotations.NullMarked;
