package moonphase.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says in which phase a {@link PhaseHandler} service stands, and for which module.
 *
 * <p>On a component it becomes the service properties {@code phase} and {@code module}; a handler
 * registered by hand sets these two. Within a phase nginx's modules run in nginx's order, then
 * third parties' by descending {@code service.ranking} and symbolic name, then Lua.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HandlerOf {
  /** The phase. */
  Phase phase();

  /** The module's name as {@link HttpModule#name()} gives it, for example {@code access}. */
  String module();
}
