package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void eachVerdictHasItsParagraphInTheDocsAndNoOther() throws IOException {
    String page = Files.readString(Path.of("../docs/clustering.md"));

    String[] described =
        Pattern.compile("^- \\*\\*([A-Z_]+)\\*\\* ", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(r -> r.group(1))
            .toArray(String[]::new);

    assertThat(described)
        .containsExactlyInAnyOrder(
            Arrays.stream(Verdict.values()).map(Enum::name).toArray(String[]::new));
  }
}
