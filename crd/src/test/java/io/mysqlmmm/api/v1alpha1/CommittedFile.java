package io.mysqlmmm.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is kept in the repository. */
record CommittedFile(String path) {

  /** Set by {@code make generate}: the file is written instead of compared. */
  private static final boolean GENERATE = Boolean.getBoolean("generate");

  /** Fails when the file differs from {@code content}; with {@code -Dgenerate=true} writes it. */
  void mustBe(String content) throws IOException {
    Path file = repository().resolve(path);
    if (GENERATE) {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, content);
      return;
    }
    assertThat(file).as("%s is missing: run `make generate` and commit it", path).exists();
    assertThat(Files.readString(file))
        .as("%s does not match the API types: run `make generate` and commit it", path)
        .isEqualTo(content);
  }

  /** The parent of the module that the tests run in. */
  static Path repository() {
    Path module = Path.of("").toAbsolutePath();
    Path parent = module.getParent();
    return parent == null ? module : parent;
  }
}
