package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.agent.process.DataVolume;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins copies of this host's data and tells how they go on, one at a time. Nothing of a host's
 * duties depends on them.
 */
public final class BackupOrders {
  private static final Logger log = LoggerFactory.getLogger(BackupOrders.class);
  private static final Duration QUICK = Duration.ofSeconds(1);

  private final Host host;
  private final Board board;
  private final CloneServer server;
  private final DataVolume data;
  private final Path backups;

  /**
   * @param backups where they go; not there: nowhere
   */
  public BackupOrders(Host host, Board board, CloneServer server, DataVolume data, Path backups) {
    this.host = host;
    this.board = board;
    this.server = server;
    this.data = data;
    this.backups = backups;
  }

  Outcome begin(Order.Backup order) throws IOException, SQLException, InterruptedException {
    return Obeying.obey(host.keeper(), order, () -> beginNow(order));
  }

  private synchronized Outcome beginNow(Order.Backup order) throws IOException, SQLException {
    Optional<Backup> last = board.state().lastBackup();
    if (last.filter(b -> b.requestedAt().equals(order.requestedAt())).isPresent()) {
      return Outcome.DONE;
    }
    long size = data.used();
    Optional<String> obstacle =
        last.filter(Backup::running)
            .map(b -> "the backup %s is under way".formatted(b.name()))
            .or(() -> misplaced(order.name()));
    if (obstacle.isEmpty()) {
      obstacle = unfit(size);
    }
    if (obstacle.isPresent()) {
      return new Outcome.Failed(obstacle.get());
    }
    Backup begun = Backup.begun(order.name(), order.requestedAt(), size, Instant.now());
    board.lastBackup(begun);
    Thread _ = Thread.ofPlatform().daemon().name("backup").start(() -> follow(begun));
    return Outcome.DONE;
  }

  private Optional<String> misplaced(String name) {
    if (!Files.isDirectory(backups)) {
      return Optional.of(
          "spec.mysql.backup is not set, or the host's pod is older than it: nowhere to go");
    }
    Path directory = backups.resolve(name).normalize();
    return !backups.equals(directory.getParent()) || Files.exists(directory)
        ? Optional.of("%s is there already: give the backup another name".formatted(name))
        : Optional.empty();
  }

  private Optional<String> unfit(long size) throws IOException, SQLException {
    if (!(host.mysql().known() instanceof Running)) {
      return Optional.of("mysqld is not running");
    }
    if (!server.plugin(QUICK)) {
      return Optional.of("mysqld runs without its plugin clone, until it is restarted");
    }
    long room = new DataVolume(backups).free();
    return size > room
        ? Optional.of(
            "the volume is too small: the data take %d MiB, there is room for %d MiB"
                .formatted(size >> 20, room >> 20))
        : Optional.empty();
  }

  private void follow(Backup begun) {
    Path directory = backups.resolve(begun.name());
    log.info("a copy of the data is made in {}", directory);
    CompletableFuture<Boolean> copy = new CompletableFuture<>();
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("copy")
            .start(
                () -> {
                  try {
                    server.copy(directory);
                    boolean _ = copy.complete(true);
                  } catch (SQLException | RuntimeException e) {
                    boolean _ = copy.completeExceptionally(e);
                  }
                });
    board.lastBackup(await(copy, begun, directory));
  }

  /** The end of it; tells how far it is until then. */
  private Backup await(CompletableFuture<Boolean> copy, Backup begun, Path directory) {
    Backup now = begun;
    while (true) {
      try {
        boolean _ = copy.get(QUICK.toMillis(), TimeUnit.MILLISECONDS);
        log.info("the copy in {} is complete", directory);
        return begun.at(size(directory)).done(Instant.now());
      } catch (TimeoutException _) {
        now = begun.at(size(directory));
        board.lastBackup(now);
      } catch (ExecutionException e) {
        String why = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        log.warn("the copy in {} failed: {}", directory, why);
        return now.failed(why + "; what is there is no backup", Instant.now());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return now.failed("the agent ended", Instant.now());
      }
    }
  }

  /** Zero when that cannot be told. */
  private static long size(Path directory) {
    try {
      return new DataVolume(directory).used();
    } catch (IOException e) {
      log.debug("size of {}: {}", directory, e.toString());
      return 0;
    }
  }
}
