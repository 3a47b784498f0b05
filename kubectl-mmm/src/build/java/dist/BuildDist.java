package dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
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

  /** The second is the name by which kubectl asks for completion; the launcher knows it. */
  private static final List<String> LAUNCHERS = List.of("kubectl-mmm", "kubectl_complete-mmm");

  private static final String OWN_JAR = "kubectl-mmm.jar";

  private final Path dist;
  private final Path cache;

  private BuildDist(Path dist) {
    this.dist = dist;
    this.cache = dist.resolve("kubectl-mmm.aot");
  }

  /** Arguments: the plugin's jar, the directory of its libraries, the launcher, target/dist. */
  public static void main(String[] args) throws Exception {
    BuildDist build = new BuildDist(Path.of(args[3]));
    build.jars(Path.of(args[0]), Path.of(args[1]));
    build.launchers(Path.of(args[2]));
    build.runtime();
    build.cache();
  }

  /** The plugin's jar and the libraries that its manifest names; nothing else that lies about. */
  private void jars(Path own, Path libraries) throws IOException {
    Path lib = Files.createDirectories(dist.resolve("lib"));
    List<String> wanted = new ArrayList<>(List.of(OWN_JAR));
    copy(own, lib.resolve(OWN_JAR));
    for (String library : classPath(own)) {
      copy(libraries.resolve(library), lib.resolve(library));
      wanted.add(library);
    }
    for (Path file : list(lib)) {
      if (!wanted.contains(file.getFileName().toString())) {
        outdate();
        Files.delete(file);
      }
    }
  }

  private static List<String> classPath(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return List.of(
          file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "));
    }
  }

  /** First the cache goes, then what it was recorded with: no interruption leaves a stale one. */
  private void outdate() throws IOException {
    Files.deleteIfExists(cache);
  }

  private void launchers(Path source) throws IOException {
    Path bin = Files.createDirectories(dist.resolve("bin"));
    for (String name : LAUNCHERS) {
      Path launcher = bin.resolve(name);
      copy(source, launcher);
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void copy(Path from, Path to) throws IOException {
    if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
      outdate();
      // Never into the old file: a running plugin has it mapped.
      Files.deleteIfExists(to);
      Files.copy(from, to);
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
    outdate();
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
  }

  private void cache() throws Exception {
    if (Files.exists(cache)) {
      return;
    }
    Path work = Files.createTempDirectory("kubectl-mmm-rehearsal");
    try (RehearsalServers servers = RehearsalServers.start(work)) {
      rehearse(work, servers.kubeconfig());
    } finally {
      delete(work);
    }
  }

  /** The JVM records while it runs the plugin, and writes the cache when it ends. */
  private void rehearse(Path work, Path kubeconfig)
      throws IOException, InterruptedException {
    Path log = work.resolve("log");
    List<String> line = new ArrayList<>();
    line.add(dist.resolve("runtime/bin/java").toAbsolutePath().toString());
    line.add("-XX:AOTCacheOutput=" + cache.toAbsolutePath());
    line.add("-XX:+UseSerialGC");
    line.add("-cp");
    line.add(dist.resolve("lib/" + OWN_JAR).toAbsolutePath().toString());
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
