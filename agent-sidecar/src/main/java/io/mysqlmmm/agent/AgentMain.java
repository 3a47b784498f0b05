package io.mysqlmmm.agent;

import io.mysqlmmm.agent.config.AgentConfig;
import io.mysqlmmm.agent.config.AgentPaths;
import io.mysqlmmm.agent.network.KernelNetwork;
import io.mysqlmmm.agent.posix.ForeignPosixC;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the agent and ends it on SIGTERM. */
public final class AgentMain {
  private static final Logger log = LoggerFactory.getLogger(AgentMain.class);

  private AgentMain() {}

  /**
   * The environment may hold MMM_ROOT (a directory in place of "/") and MMM_CONFIG (the
   * configuration file), both for tests.
   */
  public static void main(String[] arguments) {
    System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
    try {
      run(System.getenv());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      log.error("the agent cannot start: {}", e.toString(), e);
      System.exit(1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Map<String, String> environment)
      throws IOException, GeneralSecurityException, InterruptedException {
    AgentPaths paths = AgentPaths.below(Path.of(environment.getOrDefault("MMM_ROOT", "/")));
    String configFile = environment.get("MMM_CONFIG");
    if (configFile != null) {
      paths = paths.withConfig(Path.of(configFile));
    }
    String run = environment.get("MMM_RUN");
    if (run != null) {
      paths = paths.withRun(Path.of(run));
    }
    AgentConfig config = AgentConfig.read(paths.config());
    log.info("agent {} with {}", version(), config);
    ForeignPosixC c = new ForeignPosixC();
    KernelNetwork network =
        new KernelNetwork(c, config.address(), config.interfaceName(), Ticker.system());
    Agent agent = new Agent(config, paths, network, BootClock.of(c), Ticker.system());
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      agent.close();
                      network.close();
                      log.info("ended");
                    }));
    agent.start();
    new CountDownLatch(1).await();
  }

  /** Version of this build. */
  static String version() {
    String version = AgentMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
