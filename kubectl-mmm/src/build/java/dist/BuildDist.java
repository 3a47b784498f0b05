package dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Builds {@code target/dist}: launcher, jars, a jlink runtime and the AOT cache. The build runs it
 * as source on the JDK of the toolchain. What has not changed is left as it is, to the file's time:
 * the AOT cache holds only for exactly the files that it was recorded with.
 */
final class BuildDist {
  /** What the plugin and its libraries use; an elliptic-curve TLS provider is in java.base. */
  private static final String MODULES = "java.base,java.net.http";

  private final Path dist;
  private boolean changed;

  private BuildDist(Path dist) {
    this.dist = dist;
  }

  /** Arguments: the plugin's jar, the directory of its libraries, the launcher, target/dist. */
  public static void main(String[] args) throws Exception {
    BuildDist build = new BuildDist(Path.of(args[3]));
    build.jars(Path.of(args[0]), Path.of(args[1]));
    build.launcher(Path.of(args[2]));
    build.runtime();
    build.cache();
  }

  private void jars(Path own, Path libraries) throws IOException {
    Path lib = Files.createDirectories(dist.resolve("lib"));
    List<String> wanted = new ArrayList<>(List.of("kubectl-mmm.jar"));
    copy(own, lib.resolve("kubectl-mmm.jar"));
    for (Path library : list(libraries)) {
      copy(library, lib.resolve(library.getFileName()));
      wanted.add(library.getFileName().toString());
    }
    for (Path file : list(lib)) {
      if (!wanted.contains(file.getFileName().toString())) {
        Files.delete(file);
        changed = true;
      }
    }
  }

  private void launcher(Path source) throws IOException {
    Path launcher = Files.createDirectories(dist.resolve("bin")).resolve("kubectl-mmm");
    copy(source, launcher);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void copy(Path from, Path to) throws IOException {
    if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
      // Never into the old file: a running plugin has it mapped.
      Files.deleteIfExists(to);
      Files.copy(from, to);
      changed = true;
    }
  }

  private void runtime() throws IOException {
    Path runtime = dist.resolve("runtime");
    Path stamp = runtime.resolve("made-from");
    String jdk =
        MODULES
            + "\n"
            + Files.readString(Path.of(System.getProperty("java.home"), "release"));
    if (Files.exists(stamp) && Files.readString(stamp).equals(jdk)) {
      return;
    }
    delete(runtime);
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--add-modules=" + MODULES,
                "--output=" + runtime,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive");
    if (status != 0) {
      throw new IllegalStateException("jlink failed with status " + status);
    }
    Files.writeString(stamp, jdk);
    changed = true;
  }

  private void cache() throws Exception {
    Path cache = dist.resolve("kubectl-mmm.aot");
    if (Files.exists(cache) && !changed) {
      return;
    }
    Files.deleteIfExists(cache);
    Path work = Files.createTempDirectory("kubectl-mmm-rehearsal");
    try (RehearsalServers servers = RehearsalServers.start(work)) {
      rehearse(cache, work, servers.kubeconfig());
    } finally {
      delete(work);
    }
  }

  /** The JVM records while it runs the plugin, and writes the cache when it ends. */
  private void rehearse(Path cache, Path work, Path kubeconfig)
      throws IOException, InterruptedException {
    Path log = work.resolve("log");
    List<String> line = new ArrayList<>();
    line.add(dist.resolve("runtime/bin/java").toAbsolutePath().toString());
    line.add("-XX:AOTCacheOutput=" + cache.toAbsolutePath());
    line.add("-XX:+UseSerialGC");
    line.add("-cp");
    line.add(dist.resolve("lib/kubectl-mmm.jar").toAbsolutePath().toString());
    line.add("io.mysqlmmm.kubectl.Rehearsal");
    for (List<String> command : RehearsalServers.commands()) {
      line.addAll(command);
      line.add("--then");
    }
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = builder.start().waitFor();
    if (status != 0 || !Files.exists(cache)) {
      Files.deleteIfExists(cache);
      throw new IllegalStateException(
          "the rehearsal failed with status " + status + ":\n" + Files.readString(log));
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
