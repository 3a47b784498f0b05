package io.mysqlmmm.agent.standing;

import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file standing.json. After {@link #store} has returned, the content survives a crash of the
 * process, the system or the power; before, the old content does.
 */
public final class KeptFile {
  private static final Logger log = LoggerFactory.getLogger(KeptFile.class);

  /** Several blocks of most file systems, with what the directory may need. */
  private static final int RESERVE_BYTES = 64 * 1024;

  private final Path directory;

  public KeptFile(Path directory) {
    this.directory = directory;
  }

  private Path file() {
    return directory.resolve("standing.json");
  }

  /**
   * What was stored last; empty when there is no file or it cannot be understood. One that cannot
   * be understood is kept aside as standing.json.corrupt.
   *
   * @throws IOException the file is there and cannot be read: then nothing may be assumed
   */
  public Optional<Kept> load() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    try {
      return Optional.of(sane(Json.mapper().readValue(bytes, Kept.class)));
    } catch (IOException e) {
      Path aside = directory.resolve("standing.json.corrupt");
      Files.move(file(), aside, StandardCopyOption.REPLACE_EXISTING);
      log.warn(
          "{} cannot be understood and is taken as lost; a copy is {}: {}",
          file(),
          aside,
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Kept sane(Kept kept) throws IOException {
    // Jackson leaves an absent component null, whatever the type says.
    Object[] parts = {kept, kept == null ? null : kept.standing()};
    if (parts[0] == null || parts[1] == null) {
      throw new IOException("it has no standing");
    }
    Object[] all = {
      kept.standing().serverUuid(),
      kept.standing().mode(),
      kept.writerVips(),
      kept.readers(),
      kept.managed(),
      kept.leaseEnd(),
      kept.following(),
      kept.lastClone()
    };
    for (Object part : all) {
      if (part == null) {
        throw new IOException("it is incomplete");
      }
    }
    return kept;
  }

  /**
   * Replaces the content, durably; on a full volume in the room that is kept for that, so that a
   * host can still promise and give up.
   */
  public void store(Kept kept) throws IOException {
    Files.createDirectories(directory);
    byte[] bytes = Json.mapper().writeValueAsString(kept).getBytes(StandardCharsets.UTF_8);
    try {
      replace(bytes);
    } catch (IOException e) {
      if (!Files.deleteIfExists(reserve())) {
        throw e;
      }
      replace(bytes);
    }
    keepRoom();
  }

  private void replace(byte[] bytes) throws IOException {
    Path next = directory.resolve("standing.json.tmp");
    write(next, bytes);
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path reserve() {
    return directory.resolve("reserve");
  }

  private void keepRoom() throws IOException {
    if (Files.exists(reserve())) {
      return;
    }
    byte[] room = new byte[RESERVE_BYTES];
    // What is stored inside an inode, or compressed, would make no room.
    new Random().nextBytes(room);
    try {
      write(reserve(), room);
    } catch (IOException e) {
      Files.deleteIfExists(reserve());
      log.debug("no room is kept for the standing", e);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
