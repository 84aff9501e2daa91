package moonphase.dist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import moonphase.dist.Jars;
import moonphase.dist.osgi.Felix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Bundles that cannot start, or that bring what another one has, leave the others serving. */
class ContainmentIT {
  private static final String EXTENDER = "osgi.extender;filter:=\"(osgi.extender=moonphase.lua)\"";

  @TempDir static Path folder;
  private static Felix felix;

  /** Fails at its start. */
  public static final class Failing implements BundleActivator {
    /** Made by the framework. */
    public Failing() {}

    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("failed by a test");
    }

    @Override
    public void stop(BundleContext context) {}
  }

  @BeforeAll
  static void start() throws IOException {
    Versions versions = new Versions(folder);
    felix =
        new Felix(
            folder.resolve("prefix"),
            versions.reports(),
            Versions.configuration(),
            List.of(versions.guard(0), versions.marked(0), versions.geo(0)),
            jar -> true);
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  private static void assertServes() throws IOException {
    assertTrue(felix.get("/plain").startsWith("HTTP/1.1 200"));
  }

  @Test
  void ofTwoPreloadBundles_theHigherRankedWins_untilItLeaves() throws Exception {
    assertTrue(felix.get("/lua").contains("{\"geo\":\"1.0.0\"}"));
    Path jar =
        Jars.bundle("better.geo")
            .header(
                "Provide-Capability",
                "moonphase.lua.module;name:List<String>=\"geo\";path=/lua;ranking:Long=10")
            .header("Require-Capability", EXTENDER)
            .text("lua/geo.lua", "return { version = function() return 'better' end }")
            .write(folder.resolve("better.jar"));
    Bundle better = felix.install(jar);
    assertTrue(felix.get("/lua").contains("{\"geo\":\"better\"}"));
    better.uninstall();
    assertTrue(felix.get("/lua").contains("{\"geo\":\"1.0.0\"}"));
  }

  @Test
  void bundleThatNeedsAMissingLuaModule_isRefusedByTheResolver() throws Exception {
    Path jar =
        Jars.bundle("needy")
            .header("Provide-Capability", "moonphase.lua.module;name:List<String>=\"needy\"")
            .header(
                "Require-Capability",
                EXTENDER + ",moonphase.lua.module;filter:=\"(name=never.written)\"")
            .text("lua/needy.lua", "return {}")
            .write(folder.resolve("needy.jar"));
    Bundle needy = felix.context().installBundle(jar.toUri().toString());
    BundleException e = assertThrows(BundleException.class, needy::start);
    assertEquals(BundleException.RESOLVE_ERROR, e.getType());
    assertTrue(e.getMessage().contains("(name=never.written)"), e.getMessage());
    assertServes();
    assertTrue(felix.shell("modules").contains("bundle needy is not started: "));
    needy.uninstall();
  }

  @Test
  void bundleThatFailsToStart_leavesTheOthersServing() throws Exception {
    Path jar = Versions.activated("failing", Failing.class, 0).write(folder.resolve("failing.jar"));
    Bundle failing = felix.context().installBundle(jar.toUri().toString());
    BundleException e = assertThrows(BundleException.class, failing::start);
    assertEquals(BundleException.ACTIVATOR_ERROR, e.getType());
    assertEquals(Bundle.RESOLVED, failing.getState());
    assertServes();
    assertTrue(felix.shell("modules").contains("bundle failing is not started: "));
    failing.uninstall();
    assertFalse(felix.shell("modules").contains("failing"));
  }
}
