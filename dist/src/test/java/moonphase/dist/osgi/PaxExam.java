package moonphase.dist.osgi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A JUnit 5 driver for Pax Exam: the test's methods run inside the framework, in a probe bundle, so
 * that they see the bundles' types. A static method with {@link Configuration} gives the options; a
 * parameter is the probe's {@link BundleContext} or a service of its type.
 */
public final class PaxExam
    implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor, ParameterResolver {
  private static final long PATIENCE_MILLIS = 10_000;

  private @Nullable TestContainer container;
  private @Nullable Bundle probe;

  /** Made by JUnit. */
  public PaxExam() {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Class<?> test = context.getRequiredTestClass();
    // the assertions inside are those outside, so that a failure crosses the border as it is
    Option shared =
        CoreOptions.composite(
            CoreOptions.systemPackage("org.junit.jupiter.api"),
            CoreOptions.systemPackage("org.junit.jupiter.api.extension"),
            CoreOptions.systemPackage("org.junit.jupiter.api.function"),
            CoreOptions.systemPackage("org.opentest4j"));
    var system = DefaultExamSystem.create(OptionUtils.combine(options(test), shared));
    container = PaxExamRuntime.createContainer(system).start();
    TestProbeBuilder builder = system.createProbe();
    builder.addTest(test);
    long id = container.install(builder.build().getStream());
    var framework = ((NativeTestContainer) container).getSystemBundle();
    probe = framework.getBundleContext().getBundle(id);
  }

  private static Option[] options(Class<?> test) throws ReflectiveOperationException {
    for (Method method : test.getMethods()) {
      if (method.isAnnotationPresent(Configuration.class)) {
        method.setAccessible(true);
        return (Option[]) Objects.requireNonNull(method.invoke(null));
      }
    }
    throw new IllegalStateException(test + " has no method with @Configuration");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> outer,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    outer.skip();
    Bundle inside = Objects.requireNonNull(probe);
    Class<?> test = inside.loadClass(context.getRequiredTestClass().getName());
    String name = call.getExecutable().getName();
    Method method =
        Arrays.stream(test.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow();
    var constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    method.setAccessible(true);
    BundleContext bundle = inside.getBundleContext();
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(type -> find(bundle, type)).toArray();
    try {
      method.invoke(constructor.newInstance(), arguments);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static Object find(BundleContext context, Class<?> type) {
    if (type == BundleContext.class) {
      return context;
    }
    var tracker = new ServiceTracker<Object, Object>(context, type.getName(), null);
    tracker.open();
    try {
      Object service = tracker.waitForService(PATIENCE_MILLIS);
      if (service == null) {
        throw new AssertionError("no service " + type.getName());
      }
      return service;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      tracker.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return true;
  }

  /** The real ones are found inside. */
  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return null;
  }
}
