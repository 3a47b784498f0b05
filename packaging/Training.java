import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A run of a program as it ships, in surroundings made for it, so that its JVM sees the classes it
 * will start with. The program knows nothing of it.
 */
interface Training {
  static Training of(String name) {
    return switch (name) {
      case "agent" -> new AgentTraining();
      case "operator" -> new OperatorTraining();
      default -> throw new IllegalArgumentException("no training for " + name);
    };
  }

  /** Starts the program by {@code java} and ends it by SIGTERM; the JVM then writes its cache. */
  void run(ProcessBuilder java, Path directory) throws Exception;

  /** As the kubelet ends it. */
  static void end(Process program) throws InterruptedException {
    program.destroy();
    if (!program.waitFor(60, TimeUnit.SECONDS)) {
      program.destroyForcibly();
      throw new IllegalStateException("the training run did not end within a minute");
    }
  }
}
