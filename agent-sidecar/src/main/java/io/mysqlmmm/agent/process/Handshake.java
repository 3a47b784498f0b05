package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One request with its permit: two files, each written aside and renamed into place. */
public final class Handshake {
  /** What mysqld executes at its start. */
  public static final String INIT_SQL = "init.sql";

  private final Path run;
  private final String name;

  /** {@code name} is "start" or "stop". */
  public Handshake(Path run, String name) {
    this.run = run;
    this.name = name;
  }

  /** The number of a request that has no permit yet. */
  public Optional<String> pending() {
    String request = content(run, name + "-request");
    return request.isEmpty() || request.equals(content(run, name + "-permit"))
        ? Optional.empty()
        : Optional.of(request);
  }

  /** What a file says; empty when there is none. */
  static String content(Path run, String file) {
    try {
      return Files.readString(run.resolve(file)).strip();
    } catch (IOException _) {
      return "";
    }
  }

  /** Grants the request. */
  public void permit(String number) throws IOException {
    write(run, name + "-permit", number, "rw-r--r--");
  }

  /** Writes a file that mysqld's group may read, whole or not at all. */
  static void write(Path run, String file, String text, String permissions) throws IOException {
    Path next = run.resolve(file + ".tmp");
    Files.deleteIfExists(next);
    FileAttribute<Set<java.nio.file.attribute.PosixFilePermission>> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    Files.createFile(next, mode);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(permissions));
    Files.writeString(next, text);
    Files.move(next, run.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }
}
