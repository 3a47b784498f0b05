package io.mysqlmmm.kubectl.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations in samples/mmm, and the pages and tests that speak of them. */
class SamplesTest {
  private static final List<String> FILES =
      List.of("mmm_common.conf", "mmm_mon.conf", "mmm_agent.conf");

  private static Imported imported(String sample) {
    Path directory = Installation.repository().resolve("samples/mmm").resolve(sample);
    List<Path> files = FILES.stream().map(directory::resolve).filter(Files::exists).toList();
    Map<String, String> nodes = Map.of("db1", "node1", "db2", "node2");
    return LegacyImport.run(files, new Target(Optional.of("shop"), Optional.empty(), nodes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two-masters", "two-masters-and-slave"})
  void fitTheCrdsStructure(String sample) throws IOException {
    assertThat(CrdSchema.problems(Installation.resource(imported(sample)))).isEmpty();
  }

  /** The API server's own answer to this manifest is in AdmissionE2E. */
  @ParameterizedTest
  @ValueSource(strings = {"two-masters", "two-masters-and-slave"})
  void areWhatTheAdmissionTestsTry(String sample) throws IOException {
    JsonNode cases =
        new YAMLMapper()
            .readTree(
                Installation.repository()
                    .resolve("e2e/src/test/resources/admission/accepted.yaml")
                    .toFile());
    JsonNode patch =
        StreamSupport.stream(cases.spliterator(), false)
            .filter(c -> c.path("case").asText().equals("imported from samples/mmm/" + sample))
            .findFirst()
            .orElseThrow()
            .at("/patch/0/value");

    assertThat(Installation.resource(imported(sample)).path("spec")).isEqualTo(patch);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everySettingIsInTheMigrationGuide(Kind kind) throws IOException {
    String guide = Files.readString(Installation.repository().resolve("docs/mmm-migration.md"));
    List<String> rows = guide.lines().filter(line -> line.startsWith("| `")).toList();

    assertThat(kind.vocabulary().keySet())
        .allMatch(
            setting ->
                rows.stream()
                    .anyMatch(row -> firstCell(row).anyMatch(("`" + setting + "`")::equals)));
  }

  private static Stream<String> firstCell(String row) {
    return Stream.of(row.split("\\|", -1)[1].split("[, ]+", -1));
  }

  @Test
  void sampleWithASlaveSaysWhatTheAgentsFileIsFor() {
    assertThat(Installation.manifest(imported("two-masters-and-slave")).yaml())
        .contains("    # this: not needed: the operator tells each agent which host it is.\n");
  }
}
