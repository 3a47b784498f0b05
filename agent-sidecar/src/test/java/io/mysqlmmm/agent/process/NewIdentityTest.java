package io.mysqlmmm.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewIdentityTest {
  private static final String CANNOT_START = "mysqld has ended 3 times right after its start";

  @TempDir Path run;

  private final List<String> renamed = new ArrayList<>();

  private NewIdentity identity(boolean replacing, boolean dropped) {
    return new NewIdentity(run, () -> replacing, () -> dropped, () -> false, renamed::add);
  }

  private String request() throws IOException {
    return Files.readString(run.resolve("renew-request"));
  }

  @Test
  void aStartOverWholeDataIsPermittedAtOnce() throws IOException {
    assertThat(identity(false, false).ready("7")).isTrue();

    assertThat(run.resolve("renew-request")).doesNotExist();
  }

  @Test
  void aStartOverWhichACloneWasBegunWaitsForAnotherServerUuid() throws IOException {
    NewIdentity identity = identity(true, false);

    assertThat(identity.ready("7")).isFalse();
    assertThat(request()).matches("7 [0-9a-f-]{36}\n");
    Files.writeString(run.resolve("renew-result"), "6 ok\n");
    assertThat(identity.ready("7")).as("the answer to another start").isFalse();
    Files.writeString(run.resolve("renew-result"), "7 ok\n");

    assertThat(identity.ready("7")).isTrue();
  }

  @Test
  void whoFollowedWhenItsMachineWentDownGetsAnotherName() throws IOException {
    NewIdentity identity =
        new NewIdentity(run, () -> false, () -> false, renamed::isEmpty, renamed::add);

    assertThat(identity.ready("7")).isFalse();
    String name = request().strip().substring(2);
    assertThat(renamed).as("before it is on disk").isEmpty();
    Files.writeString(run.resolve("renew-result"), "7 ok\n");

    assertThat(identity.ready("7")).isTrue();
    assertThat(renamed).containsExactly(name);
    assertThat(identity.ready("8")).as("the next start of the same boot").isTrue();
  }

  @Test
  void anAnswerToAnEarlierAgentDoesNotCount() throws IOException {
    Files.writeString(run.resolve("renew-result"), "7 ok\n");

    assertThat(identity(true, false).ready("7")).isFalse();
    assertThat(run.resolve("renew-result")).doesNotExist();
    assertThat(request()).startsWith("7 ");
  }

  @Test
  void aFailureIsToldAndAskedForAgain() throws IOException {
    NewIdentity identity = identity(true, false);
    assertThat(identity.ready("7")).isFalse();
    Files.writeString(run.resolve("renew-result"), "7 failed: no space\n");

    assertThatThrownBy(() -> identity.ready("7")).hasMessageContaining("no space");
    Files.delete(run.resolve("renew-result"));
    Files.delete(run.resolve("renew-request"));

    assertThat(identity.ready("7")).isFalse();
    assertThat(request()).startsWith("7 ");
  }

  @Test
  void whatACloneLeftIsRemovedWhenMysqldCannotStartWithIt() throws IOException {
    Files.writeString(run.resolve("launch-error"), CANNOT_START);

    assertThat(identity(true, true).ready("7")).isFalse();

    assertThat(request()).isEqualTo("7 discard\n");
  }

  @Test
  void dataThatTheCloneHasNotDroppedAreNeverRemoved() throws IOException {
    Files.writeString(run.resolve("launch-error"), CANNOT_START);

    assertThat(identity(true, false).ready("7")).isFalse();

    assertThat(request()).doesNotContain("discard");
  }

  @Test
  void anotherTroubleIsNoReasonToRemoveAnything() throws IOException {
    Files.writeString(run.resolve("launch-error"), "the data directory is not empty");

    assertThat(identity(true, true).ready("7")).isFalse();

    assertThat(request()).doesNotContain("discard");
  }
}
