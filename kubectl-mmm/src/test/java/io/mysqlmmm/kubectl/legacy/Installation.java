package io.mysqlmmm.kubectl.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration files in a directory, and what the import makes of them. */
final class Installation {
  static final String COMMON =
      """
      active_master_role writer
      <host db1>
        ip 10.77.0.11
        mode master
        peer db2
      </host>
      <host db2>
        ip 10.77.0.12
        mode master
        peer db1
      </host>
      <host db3>
        ip 10.77.0.13
        mode slave
      </host>
      <role writer>
        mode exclusive
        hosts db1, db2
        ips 10.77.0.100
      </role>
      <role reader>
        mode balanced
        hosts db1, db2, db3
        ips 10.77.0.101, 10.77.0.102
      </role>
      """;

  static final String MONITOR =
      """
      include mmm_common.conf
      <monitor>
        auto_set_online 0
      </monitor>
      """;

  static final Target TARGET = new Target(Optional.empty(), Optional.empty(), Map.of());

  private final Path directory;
  private Target target = TARGET;

  Installation(Path directory) {
    this.directory = directory;
  }

  Installation with(Target other) {
    this.target = other;
    return this;
  }

  /** The file, which only its owner may read. */
  Path write(String name, String text) {
    try {
      Path file = Files.writeString(directory.resolve(name), text);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Imported read(String... names) {
    return LegacyImport.run(Arrays.stream(names).map(directory::resolve).toList(), target);
  }

  /** The import of two files of these texts. */
  Imported imported(String common, String monitor) {
    write("mmm_common.conf", common);
    write("mmm_mon.conf", monitor);
    return read("mmm_common.conf", "mmm_mon.conf");
  }

  /** The errors, without the directory. */
  List<String> errors(Imported imported) {
    return switch (imported) {
      case Imported.Refused(var errors) ->
          errors.stream().map(error -> error.replace(directory + "/", "")).toList();
      case Imported.Manifest(var yaml, _) -> throw new AssertionError("imported: " + yaml);
    };
  }

  static Imported.Manifest manifest(Imported imported) {
    return switch (imported) {
      case Imported.Manifest manifest -> manifest;
      case Imported.Refused(var errors) -> throw new AssertionError(String.join("\n", errors));
    };
  }

  static JsonNode resource(Imported imported) {
    try {
      return new YAMLMapper().readTree(manifest(imported).yaml());
    } catch (JsonProcessingException e) {
      throw new AssertionError(manifest(imported).yaml(), e);
    }
  }

  /** The parent of the module that the tests run in. */
  static Path repository() {
    return Path.of("").toAbsolutePath().resolveSibling(".").normalize();
  }
}
