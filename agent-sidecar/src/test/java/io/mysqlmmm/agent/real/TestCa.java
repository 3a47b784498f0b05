package io.mysqlmmm.agent.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate authority of openssl's, for one test. */
final class TestCa {
  private final Path directory;

  TestCa(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=test");
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Makes NAME.key (PKCS #8) and NAME.crt, for 127.0.0.1. */
  void issue(String name) throws IOException, InterruptedException {
    openssl(
        "req -newkey rsa:2048 -nodes -keyout %1$s.key -out %1$s.csr -subj /O=%2$s/CN=%1$s"
            .formatted(name, name.equals("operator") ? "mysql-mmm" : "uid"));
    Files.writeString(file(name + ".ext"), "subjectAltName=IP:127.0.0.1,DNS:" + name);
    openssl(
        ("x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out %1$s.crt -days 2"
                + " -extfile %1$s.ext")
            .formatted(name));
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    Shell.run(directory, List.of(("openssl " + arguments).split(" ", -1)));
  }
}
