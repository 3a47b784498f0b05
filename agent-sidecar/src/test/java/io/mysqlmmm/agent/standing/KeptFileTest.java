package io.mysqlmmm.agent.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileTest {
  private static final Kept KEPT =
      new Kept(
          new Standing("uuid", 10, 5, 4, 3, WriteMode.SOLO, 8, "", 0, 2, false),
          List.of("10.0.0.100"),
          List.of("10.0.0.101"),
          List.of("10.0.0.100", "10.0.0.101"),
          true,
          new BootTime("boot", Duration.ofSeconds(7)),
          Optional.of(new Order.Source("db2", "10.0.0.2", 3306, "uuid-2")));

  @TempDir private Path directory;

  private static Keeper open(Path directory, Optional<String> onDisk) throws IOException {
    return open(directory, onDisk, "boot");
  }

  private static Keeper open(Path directory, Optional<String> onDisk, String boot)
      throws IOException {
    return Keeper.open(
        new KeptFile(directory),
        "uid",
        onDisk,
        () -> new BootTime(boot, Duration.ofSeconds(5)),
        Duration.ofSeconds(3));
  }

  @Test
  void comesBackEqual() throws IOException {
    new KeptFile(directory).store(KEPT);

    assertThat(new KeptFile(directory).load()).contains(KEPT);
  }

  @Test
  void aCrashInTheMiddleOfAStoreLeavesTheOldContent() throws IOException {
    new KeptFile(directory).store(KEPT);
    Files.writeString(directory.resolve("standing.json.tmp"), "{\"standing\":{\"serv");

    assertThat(new KeptFile(directory).load()).contains(KEPT);
    new KeptFile(directory).store(KEPT.withLossless(false));
    assertThat(new KeptFile(directory).load()).contains(KEPT.withLossless(false));
  }

  @Test
  void everyTruncationIsTakenAsLostAndKeptAside() throws IOException {
    new KeptFile(directory).store(KEPT);
    byte[] whole = Files.readAllBytes(directory.resolve("standing.json"));
    for (int length = 0; length < whole.length; length += 37) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      Files.write(directory.resolve("standing.json"), part);

      assertThat(new KeptFile(directory).load()).isEmpty();
      assertThat(directory.resolve("standing.json.corrupt")).hasBinaryContent(part);
      assertThat(directory.resolve("standing.json")).doesNotExist();
    }
  }

  @Test
  void jsonThatIsNoStandingIsTakenAsLost() throws IOException {
    for (String text : List.of("null", "{}", "[]", "{\"standing\":null}", "\u0000\u0000")) {
      Files.writeString(directory.resolve("standing.json"), text);

      assertThat(new KeptFile(directory).load()).as(text).isEmpty();
    }
  }

  @Test
  void eachStartIsCounted() throws IOException {
    new KeptFile(directory).store(KEPT);

    Keeper first = open(directory, Optional.of("uuid"));
    Keeper second = open(directory, Optional.empty());

    assertThat(first.standing()).isEqualTo(KEPT.standing().started());
    assertThat(second.standing().startCount()).isEqualTo(4);
    assertThat(second.kept().writerVips()).containsExactly("10.0.0.100");
  }

  @Test
  void anotherDataSetInheritsNoPromise() throws IOException {
    new KeptFile(directory).store(KEPT);

    Keeper keeper = open(directory, Optional.of("other"));

    assertThat(keeper.standing().untouched()).isTrue();
    assertThat(keeper.standing().serverUuid()).isEqualTo("other");
    assertThat(keeper.kept().writerVips()).isEmpty();
    assertThat(keeper.kept().readers()).containsExactly("10.0.0.101");
  }

  @Test
  void adoptingANewUuidIsDurable() throws IOException {
    new KeptFile(directory).store(KEPT);
    Keeper keeper = open(directory, Optional.of("uuid"));

    keeper.adopt("uuid");
    assertThat(keeper.standing().mayWrite()).isTrue();
    keeper.adopt("new");

    assertThat(keeper.standing().mayWrite()).isFalse();
    assertThat(new KeptFile(directory).load().orElseThrow()).isEqualTo(keeper.kept());
  }

  /** S22. */
  @Test
  void whoFollowedIsInDoubtAfterABootUntilItHasAnotherName() throws IOException {
    Kept follower = KEPT.with(KEPT.standing().releasing(5).voting(6).promising(6));
    new KeptFile(directory).store(follower.openedIn("boot"));
    assertThat(open(directory, Optional.of("uuid")).doubtful()).as("the same boot").isFalse();

    assertThat(open(directory, Optional.of("uuid"), "next").doubtful()).isTrue();
    Keeper keeper = open(directory, Optional.of("uuid"), "next");
    assertThat(keeper.doubtful()).as("a second start of the agent").isTrue();
    keeper.renamed("another");

    assertThat(keeper.doubtful()).isFalse();
    assertThat(keeper.standing().serverUuid()).isEqualTo("another");
    assertThat(keeper.standing().promised()).isEqualTo(6);
    Keeper after = open(directory, Optional.of("another"), "next");
    assertThat(after.doubtful()).isFalse();
    assertThat(after.standing().promised()).isEqualTo(6);
  }

  /** S22. */
  @Test
  void aWriterKeepsItsNameOverABootAndFollowsUnderItUntilTheNext() throws IOException {
    new KeptFile(directory).store(KEPT.openedIn("boot"));

    Keeper keeper = open(directory, Optional.of("uuid"), "next");
    assertThat(keeper.doubtful()).isFalse();
    keeper.change(s -> s.releasing(5).voting(6));

    assertThat(keeper.doubtful()).isFalse();
    assertThat(open(directory, Optional.of("uuid"), "next").doubtful()).isFalse();
    assertThat(open(directory, Optional.of("uuid"), "third").doubtful()).isTrue();
  }

  @Test
  void aRelayLogOfAnEarlierBootMayBeTornUntilItIsBegunAnew() throws IOException {
    new KeptFile(directory).store(KEPT.openedIn("boot"));
    Keeper keeper = open(directory, Optional.of("uuid"));
    keeper.receives();
    assertThat(keeper.relayMayBeTorn()).isFalse();

    assertThat(open(directory, Optional.of("uuid"), "next").relayMayBeTorn()).isTrue();
    Keeper next = open(directory, Optional.of("uuid"), "next");
    assertThat(next.relayMayBeTorn()).as("a second start of the agent").isTrue();
    next.receives();

    assertThat(next.relayMayBeTorn()).isFalse();
    assertThat(open(directory, Optional.of("uuid"), "next").relayMayBeTorn()).isFalse();
  }

  /** An agent of a version that did not keep the boot. */
  @Test
  void aBootThatIsNotKnownRaisesNoDoubt() throws IOException {
    Kept follower = KEPT.with(KEPT.standing().releasing(5).voting(6));
    new KeptFile(directory).store(follower);
    Path file = directory.resolve("standing.json");
    Files.writeString(
        file, Files.readString(file).replace(",\"bootId\":\"\",\"relayBootId\":\"\"", ""));
    assertThat(Files.readString(file)).doesNotContain(",\"bootId\"");

    Keeper keeper = open(directory, Optional.of("uuid"), "next");

    assertThat(keeper.doubtful()).isFalse();
    assertThat(keeper.relayMayBeTorn()).isFalse();
  }

  @Test
  void whatCannotBeWrittenIsNotBelieved() throws IOException {
    Path sub = Files.createDirectory(directory.resolve("sub"));
    new KeptFile(sub).store(KEPT);
    Keeper keeper = open(sub, Optional.of("uuid"));
    Standing before = keeper.standing();
    // A directory in the place of the temporary file: nobody can write that, not even root.
    Files.createDirectory(sub.resolve("standing.json.tmp"));
    Order release =
        new Order.Release(new Target("uid", "uuid", 11, 5, Duration.ofSeconds(1)), false);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> keeper.obey(release))
        .isInstanceOf(IOException.class);
    assertThat(keeper.standing()).isEqualTo(before);
  }
}
