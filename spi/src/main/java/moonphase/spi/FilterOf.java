package moonphase.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says for which module a {@link HeaderFilter} or {@link BodyFilter} service stands; the module
 * gives its place among the filters. It becomes the service property {@code module}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FilterOf {
  /** The module's name as {@link HttpModule#name()} gives it, for example {@code headers_more}. */
  String module();
}
