package moonphase.dist.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import moonphase.echo.Echo;
import moonphase.echo.EchoFilter;
import moonphase.headersmore.HeadersMoreModule;
import moonphase.headersmore.InputHandler;
import moonphase.headersmore.OutputFilter;
import moonphase.http.access.AccessHandler;
import moonphase.http.access.AccessModule;
import moonphase.http.authbasic.AuthBasicHandler;
import moonphase.http.authbasic.AuthBasicModule;
import moonphase.http.rewrite.LocationRewriteHandler;
import moonphase.http.rewrite.RewriteModule;
import moonphase.http.rewrite.ServerRewriteHandler;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KernelSpecTest {
  private static final Path FOLDER = Path.of("src/test/resources/spec");

  private static Stream<DynamicTest> cases(String file) throws IOException {
    return Spec.with(
            new RewriteModule(),
            new ServerRewriteHandler(),
            new LocationRewriteHandler(),
            new AccessModule(),
            new AccessHandler(),
            new AuthBasicModule(),
            new AuthBasicHandler(),
            new HeadersMoreModule(),
            new InputHandler(),
            new OutputFilter(),
            new Echo(),
            new EchoFilter(),
            new Pcre2Engine())
        .file(FOLDER.resolve(file));
  }

  @TestFactory
  Stream<DynamicTest> location() throws IOException {
    return cases("location.t");
  }

  @TestFactory
  Stream<DynamicTest> access() throws IOException {
    return cases("access.t");
  }

  @TestFactory
  Stream<DynamicTest> redirect() throws IOException {
    return cases("redirect.t");
  }

  @TestFactory
  Stream<DynamicTest> variable() throws IOException {
    return cases("variable.t");
  }
}
