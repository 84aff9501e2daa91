package moonphase.dist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import moonphase.dist.Command;
import moonphase.dist.osgi.Felix;
import moonphase.dist.osgi.Provision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Bundles of every kind are updated while requests flow: none fails, none is served without the
 * access handler, nothing of an old version stays behind.
 *
 * <p>In the build this takes a few seconds. At full size, five minutes: {@code mvn verify -pl dist
 * -am -Dit.test=SwapUnderLoadIT -Dlive.full=true}.
 */
class SwapUnderLoadIT {
  private static final boolean FULL = Boolean.getBoolean("live.full");
  private static final int CLIENTS = FULL ? 64 : 16;
  private static final int ROUNDS = FULL ? 30 : 2;
  private static final long ROUND_MILLIS = FULL ? 10_000 : 0;

  private static final List<String> SHIPPED =
      List.of(
          "http.rewrite",
          "http.access",
          "http.auth-basic",
          "http.headers",
          "http.static",
          "http.log",
          "echo",
          "headers-more",
          "phase.rewrite",
          "phase.access",
          "phase.content",
          "phase.filter",
          "phase.log",
          "phase.worker",
          "preload.cjson",
          "shdict",
          "ngx");

  @TempDir Path folder;

  /** What is wrong with an answer; empty if nothing is. */
  private static String judge(String target, String answer) {
    if (!answer.startsWith("HTTP/1.1 200")) {
      return "status";
    }
    for (String proof : List.of("X-Guard: 1.0.", "X-Filter: 1.0.")) {
      if (!answer.contains(proof)) {
        return "no " + proof;
      }
    }
    if (target.equals("/marked") && !answer.contains("X-Marked: 1.0.")) {
      return "no X-Marked";
    }
    if (target.equals("/lua")
        && !(answer.contains("X-Access: lua")
            && answer.contains("X-Rewritten: lua")
            && answer.contains("\"geo\":\"1.0."))) {
      return "not what the scripts say";
    }
    return "";
  }

  @Test
  void updates_loseNoRequest() throws Exception {
    Versions versions = new Versions(folder);
    Set<String> threads = new TreeSet<>();
    StringBuilder report = new StringBuilder();
    try (Felix felix =
        new Felix(
            folder.resolve("prefix"),
            versions.reports(),
            Versions.configuration(),
            List.of(versions.guard(0), versions.marked(0), versions.geo(0)),
            jar -> true)) {
      assertEquals(List.of(), felix.idle());
      String first = felix.get("/lua");
      assertEquals("", judge("/lua", first), () -> first);
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      try (Load load =
          new Load(
              felix.socket(),
              CLIENTS,
              List.of("/plain", "/lua", "/marked", "/echo", "/file.txt", "/lua"),
              SwapUnderLoadIT::judge)) {
        pause(load, 500);
        threads.addAll(threads());
        report.append(figures("calm", load));
        for (int round = 1; round <= ROUNDS; round++) {
          long begun = System.currentTimeMillis();
          swap(felix, "guard", versions.guard(round), loaders);
          swap(felix, "marked", versions.marked(round), loaders);
          swap(felix, "geo", versions.geo(round), loaders);
          for (String name : SHIPPED) {
            swap(felix, "moonphase." + name, Provision.jar(name), loaders);
          }
          pause(load, ROUND_MILLIS - (System.currentTimeMillis() - begun));
          if (!load.failures().isEmpty()) {
            break;
          }
        }
        report.append(figures("swaps", load));
        pause(load, 300);
        report.append(load.failures().size()).append(" failures, ");
        report.append(load.reconnects()).append(" reconnects\n");
        System.out.println(report);
        assertEquals(
            List.of(), load.failures().stream().limit(5).toList(), () -> report + errors(felix));
        assertEquals(0, load.reconnects());
      }
      assertEquals(List.of(), felix.idle());
      Command.await(
          () -> "class loaders are dropped, kept are " + kept(loaders),
          () -> {
            System.gc();
            return kept(loaders).isEmpty();
          });
      Set<String> more = new TreeSet<>(threads());
      more.removeAll(threads);
      assertEquals(Set.of(), more, "threads that are left");
    }
  }

  private static String errors(Felix felix) {
    try {
      return felix.shell("modules")
          + felix
              .errorLog()
              .lines()
              .filter(line -> !line.contains("[warn]") && !line.contains("did not come back"))
              .limit(40)
              .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void swap(
      Felix felix, String name, Path jar, List<WeakReference<ClassLoader>> loaders)
      throws BundleException, IOException, InterruptedException {
    Bundle bundle = felix.bundle(name);
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    loaders.add(new WeakReference<>(wiring.getClassLoader()));
    wiring = null;
    felix.update(bundle, jar);
    Command.await(name, () -> !felix.shell("modules").contains("closed:"));
  }

  /** Lets the load run for a while, as long as nothing fails. */
  private static void pause(Load load, long millis) throws InterruptedException {
    long end = System.currentTimeMillis() + millis;
    while (System.currentTimeMillis() < end && load.failures().isEmpty()) {
      Thread.sleep(Math.min(50, Math.max(1, end - System.currentTimeMillis())));
    }
  }

  private static String figures(String what, Load load) {
    List<Long> times = load.takeLatencies();
    assertTrue(!times.isEmpty(), "nothing was answered");
    return "%s: %d answers, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, most %.1f ms%n"
        .formatted(
            what,
            times.size(),
            times.get(times.size() / 2) / 1e6,
            times.get((int) (times.size() * 0.99)) / 1e6,
            times.get((int) (times.size() * 0.999)) / 1e6,
            times.getLast() / 1e6);
  }

  /** The class loaders that are still there, and how many of each. */
  private static Map<String, Integer> kept(List<WeakReference<ClassLoader>> loaders) {
    Map<String, Integer> kept = new TreeMap<>();
    for (WeakReference<ClassLoader> loader : loaders) {
      ClassLoader there = loader.get();
      if (there != null) {
        kept.merge(there.toString(), 1, Integer::sum);
      }
    }
    return kept;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("client-") && !name.matches("ForkJoinPool.*|.*JFR.*"))
        .collect(Collectors.toSet());
  }
}
