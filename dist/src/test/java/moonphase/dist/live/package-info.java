/** Bundles that come and go under load. */
@org.jspecify.annotations.NullMarked
package moonphase.dist.live;
