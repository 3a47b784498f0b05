package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mysqld process beside the agent (the pod shares one process namespace, or has the node's).
 * Found by its pid file, or, while it still starts and has written none, by its --init-file, which
 * no other mysqld of that namespace has.
 *
 * <p>Gone means: each of its threads is in the kernel's exit, so none executes an instruction of
 * its own any more. That is the case 0.4 ms after SIGKILL, while sockets close only when the memory
 * was given back, 190 to 330 ms later (seen, 540 MB resident, busy machine). A process that cannot
 * be looked at is not called gone.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class MysqldProcess {
  private static final Logger log = LoggerFactory.getLogger(MysqldProcess.class);
  private static final Path PROC = Path.of("/proc");

  private final Path pidFile;
  private final String initFileArgument;

  /** As seen in {@code run}, the directory shared with mysqld's container. */
  public MysqldProcess(Path run) {
    this.pidFile = run.resolve("mysqld.pid");
    this.initFileArgument = "--init-file=" + run.resolve(Handshake.INIT_SQL);
  }

  /** The process id of the living mysqld. */
  public OptionalLong find() {
    OptionalLong byFile = readPidFile();
    if (byFile.isPresent() && alive(byFile.getAsLong())) {
      return byFile;
    }
    return scan();
  }

  /** Whether that process can do nothing any more. */
  public boolean gone(long pid) {
    return !alive(pid);
  }

  /** How long ago it was started; zero when that is not known. */
  public Duration age(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(Duration.ZERO);
  }

  /** SIGKILL. Returns at once; {@link #gone} tells when it has happened. */
  public void kill(long pid) {
    log.warn("SIGKILL to mysqld, process {}", pid);
    boolean sent = ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(true);
    if (!sent) {
      log.error("SIGKILL to process {} could not be sent", pid);
    }
  }

  /** What launch.sh says when the server does not come up after several attempts. */
  public Optional<String> startError() {
    Path run = pidFile.toAbsolutePath().getParent();
    return run == null
        ? Optional.empty()
        : Optional.of(Handshake.content(run, "launch-error")).filter(text -> !text.isEmpty());
  }

  /** Removes the pid file that a killed mysqld left. Only while the launcher waits for us. */
  void forget() throws IOException {
    Files.deleteIfExists(pidFile);
  }

  private OptionalLong readPidFile() {
    try {
      String text = Files.readString(pidFile).strip();
      return text.matches("[1-9][0-9]{0,9}")
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  private boolean alive(long pid) {
    Path proc = PROC.resolve(Long.toString(pid));
    try {
      return !allThreadsEnd(proc) && mayBeOurs(arguments(proc));
    } catch (IOException e) {
      return !vanished(e, proc);
    }
  }

  private static boolean allThreadsEnd(Path proc) throws IOException {
    if (!ends(proc)) {
      return false;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc.resolve("task"))) {
      for (Path task : tasks) {
        if (!ends(task)) {
          return false;
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean ends(Path task) throws IOException {
    try {
      return ThreadStat.read(task.resolve("stat")).ends();
    } catch (IOException e) {
      if (vanished(e, task)) {
        return true;
      }
      throw e;
    }
  }

  /** ENOENT, or ESRCH when it went between opening and reading; its directory may linger (seen). */
  private static boolean vanished(IOException e, Path task) {
    return String.valueOf(e.getMessage()).contains("No such process") || !Files.exists(task);
  }

  /** An empty command line is a kernel's, or of a process that is just ending: not ruled out. */
  private boolean mayBeOurs(List<String> arguments) {
    return arguments.stream().allMatch(String::isEmpty) || isOurs(arguments);
  }

  private boolean isOurs(List<String> arguments) {
    return arguments.contains(initFileArgument)
        && arguments.stream().anyMatch(a -> a.endsWith("mysqld"));
  }

  private static List<String> arguments(Path proc) throws IOException {
    return Arrays.asList(
        Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1).split("\0", -1));
  }

  private OptionalLong scan() {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path proc : all) {
        if (isOurs(proc)) {
          return OptionalLong.of(Long.parseLong(proc.getFileName().toString()));
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list /proc", e);
    }
  }

  private boolean isOurs(Path proc) {
    try {
      return isOurs(arguments(proc)) && !allThreadsEnd(proc);
    } catch (IOException _) {
      return false;
    }
  }

  /** The server_uuid in the data directory; empty when there is none yet. */
  public static Optional<String> uuidOnDisk(Path autoCnf) {
    try {
      return Files.readAllLines(autoCnf).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("server-uuid=") || line.startsWith("server_uuid="))
          .map(line -> line.substring("server-uuid=".length()))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
