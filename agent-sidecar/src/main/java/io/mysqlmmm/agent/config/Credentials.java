package io.mysqlmmm.agent.config;

import io.mysqlmmm.shared.agent.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The passwords of the accounts that the agent makes; read anew at each use. */
public final class Credentials {
  private final Path directory;

  public Credentials(Path directory) {
    this.directory = directory;
  }

  public Password root() throws IOException {
    return read("rootPassword");
  }

  public Password agent() throws IOException {
    return read("agentPassword");
  }

  public Password replication() throws IOException {
    return read("replicationPassword");
  }

  private Password read(String name) throws IOException {
    Path file = directory.resolve(name);
    String text = Files.readString(file).strip();
    if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IOException("the password in " + file + " is empty or has control characters");
    }
    return new Password(text);
  }
}
