package io.mysqlmmm.agent.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace of a test's own. It belongs to one thread of this process and has no name, so
 * it is gone with the thread or the process, however either ends. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x4000_0000;

  /**
   * @see <a href="https://man7.org/linux/man-pages/man2/unshare.2.html">unshare(2)</a>
   */
  private static final NativeCall UNSHARE =
      new NativeCall("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final ForeignPosixC outside = new ForeignPosixC();
  private final ExecutorService thread;
  private final Path path;

  private NetworkNamespace(ExecutorService thread, Path path) {
    this.thread = thread;
    this.path = path;
  }

  /** Whether this process may make one; for {@code @EnabledIf}. */
  public static boolean available() {
    try (NetworkNamespace trial = create()) {
      return !trial.run("ip", "link").isEmpty();
    } catch (IOException | UncheckedIOException notAllowed) {
      return false;
    }
  }

  /** A new namespace with nothing but a loopback interface that is down. */
  public static NetworkNamespace create() throws IOException {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("network-namespace").daemon(true).factory());
    try {
      Path path =
          in(
              thread,
              () -> {
                try (Arena arena = Arena.ofConfined()) {
                  UNSHARE.invoke(arena, " CLONE_NEWNET", CLONE_NEWNET);
                }
                Path self =
                    Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
                return self.resolve("ns/net");
              });
      return new NetworkNamespace(thread, path);
    } catch (PosixException failed) {
      thread.shutdown();
      throw failed;
    }
  }

  /** Where other programs find it, e.g. {@code nsenter --net=…}. */
  public Path path() {
    return path;
  }

  /** The C library, with its sockets in this namespace. */
  public PosixC posix() {
    return new Inside();
  }

  /** Does {@code work} inside: a socket that it makes belongs here. */
  public <T> T call(Callable<T> work) throws IOException {
    return in(thread, work);
  }

  /**
   * Runs a program inside.
   *
   * @return its standard output
   * @throws UncheckedIOException if it fails; with its standard error
   */
  public String run(String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + path));
    all.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", all) + ": " + output);
      }
      return output;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted in " + all, stopped));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private static <T> T in(ExecutorService thread, Callable<T> work) throws PosixException {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PosixException posix) {
        throw posix;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** A socket stays in the namespace it was made in, whoever uses it. */
  private final class Inside implements PosixC {
    @Override
    public int netlinkSocket(int protocol) throws PosixException {
      return in(thread, () -> outside.netlinkSocket(protocol));
    }

    @Override
    public int packetSocket() throws PosixException {
      return in(thread, outside::packetSocket);
    }

    @Override
    public void bind(int fd, SocketAddress address) throws PosixException {
      outside.bind(fd, address);
    }

    @Override
    public void attachFilter(int fd, byte[] program) throws PosixException {
      outside.attachFilter(fd, program);
    }

    @Override
    public void send(int fd, byte[] data, SocketAddress destination) throws PosixException {
      outside.send(fd, data, destination);
    }

    @Override
    public Optional<byte[]> receive(int fd, int capacity, Duration timeout) throws PosixException {
      return outside.receive(fd, capacity, timeout);
    }

    @Override
    public void close(int fd) throws PosixException {
      outside.close(fd);
    }

    @Override
    public void kill(int pid, int signal) throws PosixException {
      outside.kill(pid, signal);
    }

    @Override
    public Duration bootTime() {
      return outside.bootTime();
    }
  }
}
