package io.mysqlmmm.operator.kube;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in real shells, with a stand-in for mysqld; the test itself is the agent. */
abstract class ScriptRuns {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Serves until told otherwise; a file named "broken" makes every start fail. */
  private static final String MYSQLD =
      """
      #!/bin/sh
      here=$(dirname "$0")
      data=
      for argument; do
        case $argument in
          --datadir=*) data=${argument#--datadir=} ;;
          --initialize-insecure) initialize=yes ;;
          --print-defaults)
            echo "$0 would have been started with the following arguments:"
            cat "$here/defaults"
            exit
            ;;
        esac
      done
      if [ -n "${initialize-}" ]; then
        echo initialize >>"$here/calls"
        mkdir -p "$data/mysql"
        if [ -f "$here/broken-initialize" ]; then exit 1; fi
        echo new >"$data/mysql.ibd"
        exit 0
      fi
      echo "serve $*" >>"$here/calls"
      if [ -f "$here/broken" ]; then exit 3; fi
      if [ -f "$here/restarts" ]; then exit 16; fi
      trap 'echo polite >>"$here/calls"; exit 0' TERM
      while :; do sleep 0.05; done
      """;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    List<String> scripts = new ArrayList<>(Config.SCRIPTS);
    scripts.add(ExternalHost.SCRIPT);
    for (String script : scripts) {
      Files.createDirectories(folder.resolve("scripts"));
      try (InputStream stream = Config.class.getResourceAsStream("/mysql/" + script)) {
        Files.copy(
            Objects.requireNonNull(stream),
            Path.of(script(script)),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(folder.resolve("base"));
    Files.writeString(folder.resolve("mysqld"), MYSQLD);
    Files.setPosixFilePermissions(
        folder.resolve("mysqld"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void endAll() {
    started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    started.forEach(Process::destroyForcibly);
  }

  final String script(String name) {
    return folder.resolve("scripts").resolve(name).toString();
  }

  final Process launch(String shell) throws IOException {
    return run(shell, "launch.sh", Map.of());
  }

  final Process run(String shell, String script) throws IOException {
    return run(shell, script, Map.of());
  }

  final Process run(String shell, String script, Map<String, String> settings, String... words)
      throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin", shell)), "no " + shell);
    List<String> command = new ArrayList<>(List.of("/bin/" + shell, script(script)));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "MMM_RUN", folder.resolve("run").toString(),
                "MMM_BASE", folder.resolve("base").toString(),
                "MMM_CONFIG", folder.resolve("my.cnf").toString(),
                "MMM_MYSQLD", folder.resolve("mysqld").toString(),
                "MMM_ORIGIN", folder.resolve("origin").toString(),
                "MMM_STOP_PATIENCE", "2"));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  final String awaitRequest(String previous) {
    eventually(
        () -> !read("run/start-request").isEmpty() && !read("run/start-request").equals(previous));
    return read("run/start-request");
  }

  final void permit(String request) throws IOException {
    write("run/start-permit", request);
  }

  final long mysqldPid() {
    eventually(() -> !read("run/mysqld.pid").isEmpty());
    return Long.parseLong(read("run/mysqld.pid").strip());
  }

  static final void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  final String read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "";
    } catch (IOException vanished) {
      return "";
    }
  }

  final void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path aside = folder.resolve(name + ".test");
    Files.writeString(aside, text);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  final void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + "; output:\n" + read("output"));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
