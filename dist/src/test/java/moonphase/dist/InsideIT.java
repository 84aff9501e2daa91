package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import moonphase.dist.osgi.PaxExam;
import moonphase.dist.osgi.Provision;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The services that the distribution's bundles offer, seen from a bundle beside them. */
@ExtendWith(PaxExam.class)
class InsideIT {
  /** Returns the whole distribution; nothing listens. */
  @Configuration
  public static Option[] distribution() throws IOException {
    Path folder = Path.of("target/inside").toAbsolutePath();
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("conf/nginx.conf"), "events { }\nhttp { }\n");
    return Provision.options(folder, AssembledServerIT.reports(folder), jar -> true);
  }

  @Test
  void spi_isTheBundlesNotTheTests(BundleContext context) {
    assertNotSame(ClassLoader.getSystemClassLoader(), PhaseHandler.class.getClassLoader());
  }

  @Test
  void everyDirective_isDeclaredInOnePlace(BundleContext context) throws InvalidSyntaxException {
    Map<String, String> owners = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (var reference : context.getServiceReferences(HttpModule.class, null)) {
      HttpModule module = context.getService(reference);
      for (String name : names(module)) {
        String owner = owners.put(name, module.name());
        if (owner != null) {
          twice.add(name + ": " + owner + ", " + module.name());
        }
      }
    }
    assertEquals(List.of(), twice);
    assertEquals("access", owners.get("deny"));
    assertTrue(owners.containsKey("access_by_lua_block"), owners.toString());
  }

  @Test
  void everyHandler_saysItsPhaseAndModule(BundleContext context) throws InvalidSyntaxException {
    TreeSet<String> places = new TreeSet<>();
    for (ServiceReference<PhaseHandler> reference :
        context.getServiceReferences(PhaseHandler.class, null)) {
      Phase phase = Phase.valueOf(String.valueOf(reference.getProperty("phase")));
      places.add(phase + " " + reference.getProperty("module"));
    }
    assertTrue(
        places.containsAll(
            List.of(
                "REWRITE rewrite",
                "REWRITE lua_rewrite",
                "ACCESS access",
                "ACCESS lua_access",
                "LOG lua_log")),
        places.toString());
  }

  /** A directive that stands on several levels with several meanings is one declaration each. */
  private static List<String> names(HttpModule module) {
    return module.directives().stream().map(Directive::name).distinct().toList();
  }
}
