import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a program in surroundings made for it, so that its start-up is seen, and ends it. */
interface Training {
  static Training of(String name) {
    return switch (name) {
      case "agent" -> (program) -> Thread.sleep(3000);
      case "operator" -> (program) -> Thread.sleep(3000);
      default -> throw new IllegalArgumentException("no training for " + name);
    };
  }

  void exercise(Process program) throws Exception;

  /** Ends when the JVM has written its cache. */
  default void run(Path java, Path arguments, Path log) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    // For the process that writes the cache: it needs more than the small heap of the program.
    builder.environment().putAll(Map.of("JDK_AOT_VM_OPTIONS", "-Xmx256m", "MALLOC_ARENA_MAX", "2"));
    Process program = builder.start();
    try {
      exercise(program);
    } finally {
      program.destroy();
      if (!program.waitFor(60, TimeUnit.SECONDS)) {
        program.destroyForcibly();
      }
    }
  }
}
