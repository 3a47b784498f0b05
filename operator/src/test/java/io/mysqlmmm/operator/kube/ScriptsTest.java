package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** launch.sh and pre-stop.sh; the real mysqld runs them in the end-to-end tests. */
class ScriptsTest extends ScriptRuns {
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void startsMysqldOnlyWithThePermissionForThisVeryRequest(String shell) throws IOException {
    write("run/start-permit", "1");
    launch(shell);

    String request = awaitRequest("");
    assertThat(read("calls")).doesNotContain("serve");
    permit(request);

    eventually(() -> read("calls").contains("serve"));
    assertThat(read("calls"))
        .contains(
            "serve --defaults-file=%s --defaults-group-suffix=_serve --init-file=%s --server-id="
                .formatted(folder.resolve("my.cnf"), folder.resolve("run/init.sql")));
    assertThat(ProcessHandle.of(mysqldPid())).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "dash, c22e11c6-e988-11f1-b7ab-a218be9154c0, 3257799110",
    "bash, c22e11c6-e988-11f1-b7ab-a218be9154c0, 3257799110",
    "dash, 00000000-e988-11f1-b7ab-a218be9154c0, 1",
    "dash, FFFFFFFF-e988-11f1-b7ab-a218be9154c0, 4294967295",
    "dash, nonsense, 1"
  })
  void theServerIdIsTheDataSets(String shell, String uuid, long id) throws IOException {
    write("base/data/mysql.ibd", "old");
    write("base/data/auto.cnf", "[auto]\nserver-uuid=" + uuid + "\n");
    launch(shell);

    permit(awaitRequest(""));

    eventually(() -> read("calls").contains(" --server-id=" + id + "\n"));
    assertThat(read("base/data/auto.cnf")).isEqualTo("[auto]\nserver-uuid=" + uuid + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aDataSetThatCameWithoutAServerUuidGetsOne(String shell) throws IOException {
    write("base/data/mysql.ibd", "old");
    launch(shell);

    permit(awaitRequest(""));

    eventually(() -> read("calls").contains("--server-id="));
    String uuid = read("base/data/auto.cnf").strip().replace("[auto]\nserver-uuid=", "");
    assertThat(UUID.fromString(uuid)).hasToString(uuid);
    assertThat(read("calls"))
        .contains("--server-id=" + Long.parseLong(uuid.substring(0, 8), 16) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void asksAgainAtOnceWhenMysqldIsKilled(String shell) throws IOException {
    launch(shell);
    String first = awaitRequest("");
    permit(first);
    eventually(() -> read("calls").contains("serve"));

    kill(mysqldPid());

    String second = awaitRequest(first);
    assertThat(read("calls").lines().filter(line -> line.startsWith("serve"))).hasSize(1);
    permit(second);
    eventually(() -> read("calls").lines().filter(l -> l.startsWith("serve")).count() == 2);
    assertThat(read("calls").lines().filter(l -> l.equals("initialize"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void cutsTheEndOfABinlogOffAndKeepsIt(String shell) throws IOException {
    write("base/data/mysql.ibd", "old");
    write("base/data/binlog.000007", "HEADbodyTAIL");
    write("base/data/auto.cnf", "[auto]\nserver-uuid=old\n");
    launch(shell);
    String request = awaitRequest("");

    write("run/cut-request", request.strip() + " id1 binlog.000007 4 8 new\n");

    eventually(() -> read("run/cut-result").equals("id1 ok\n"));
    assertThat(read("base/data/binlog.000007")).isEqualTo("HEADbody");
    assertThat(read("base/cut/binlog.000007.id1")).isEqualTo("HEADTAIL");
    assertThat(read("base/data/auto.cnf")).isEqualTo("[auto]\nserver-uuid=new\n");
    assertThat(read("calls")).doesNotContain("serve");
    permit(request);
    eventually(() -> read("calls").contains("serve"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void cutsNothingThatWasAskedForBeforeAnotherStart(String shell) throws IOException {
    write("base/data/mysql.ibd", "old");
    write("base/data/binlog.000007", "HEADbodyTAIL");
    launch(shell);
    String request = awaitRequest("");

    write("run/cut-request", "1" + request.strip() + " id1 binlog.000007 4 8 new\n");

    eventually(() -> read("run/cut-request").isEmpty());
    permit(request);
    eventually(() -> read("calls").contains("serve"));
    assertThat(read("base/data/binlog.000007")).isEqualTo("HEADbodyTAIL");
    assertThat(read("run/cut-result")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void tellsWhyACutFailedAndCutsNothing(String shell) throws IOException {
    write("base/data/mysql.ibd", "old");
    write("base/data/binlog.000007", "HEADbodyTAIL");
    write("base/cut", "in the way");
    launch(shell);
    String request = awaitRequest("");

    write("run/cut-request", request.strip() + " id1 binlog.000007 4 8 new\n");

    eventually(() -> read("run/cut-result").startsWith("id1 failed: "));
    assertThat(read("base/data/binlog.000007")).isEqualTo("HEADbodyTAIL");
    assertThat(read("base/data/auto.cnf")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void givesADataSetAnotherServerUuidBeforeTheStart(String shell) throws IOException {
    write("base/data/mysql.ibd", "cloned");
    write("base/data/auto.cnf", "[auto]\nserver-uuid=old\n");
    launch(shell);
    String request = awaitRequest("");

    write("run/renew-request", request.strip() + " new\n");

    eventually(() -> read("run/renew-result").equals(request.strip() + " ok\n"));
    assertThat(read("base/data/auto.cnf")).isEqualTo("[auto]\nserver-uuid=new\n");
    assertThat(read("base/data/mysql.ibd")).isEqualTo("cloned");
    assertThat(read("calls")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void removesWhatAnUnfinishedCloneLeftAndInitialisesAnew(String shell) throws IOException {
    write("base/data/mysql.ibd", "half a clone");
    write("base/data/#clone/#status", "1");
    write("base/data.discarded/older", "of a removal that was interrupted");
    write("base/cut/binlog.000007.id1", "kept");
    write("broken", "");
    launch(shell);
    String request = "";
    for (int i = 0; i < 3; i++) {
      request = awaitRequest(request);
      permit(request);
    }
    eventually(() -> read("run/launch-error").contains("ended 3 times"));
    String last = awaitRequest(request);
    Files.delete(folder.resolve("broken"));

    write("run/renew-request", last.strip() + " discard\n");

    String next = awaitRequest(last);
    assertThat(read("base/data/mysql.ibd")).isEqualTo("new\n");
    assertThat(folder.resolve("base/data/#clone")).doesNotExist();
    assertThat(folder.resolve("base/data.discarded")).doesNotExist();
    assertThat(read("base/cut/binlog.000007.id1")).isEqualTo("kept");
    assertThat(read("run/launch-error")).isEmpty();
    long served = read("calls").lines().filter(line -> line.startsWith("serve")).count();
    permit(next);
    eventually(
        () -> read("calls").lines().filter(l -> l.startsWith("serve")).count() == served + 1);
  }

  /** Several clones, one soon after the other. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aServerThatAsksToBeStartedAgainIsNotOneThatCannotStart(String shell) throws IOException {
    write("base/data/mysql.ibd", "cloned");
    write("restarts", "");
    launch(shell);
    String request = "";
    for (int i = 0; i < 4; i++) {
      request = awaitRequest(request);
      assertThat(read("run/launch-error")).isEmpty();
      permit(request);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void removesNothingThatWasAskedForBeforeAnotherStart(String shell) throws IOException {
    write("base/data/mysql.ibd", "whole");
    launch(shell);
    String request = awaitRequest("");

    write("run/renew-request", "1" + request.strip() + " discard\n");

    eventually(() -> read("run/renew-request").isEmpty());
    permit(request);
    eventually(() -> read("calls").contains("serve"));
    assertThat(read("calls")).doesNotContain("initialize");
    assertThat(read("base/data/mysql.ibd")).isEqualTo("whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void killsMysqldAtTheEndOfTheLeaseThatTheAgentPutsOff(String shell) throws IOException {
    write("run/lease-end", "999999999999\n");
    launch(shell);
    String first = awaitRequest("");
    permit(first);
    eventually(() -> read("calls").contains("serve"));
    long pid = mysqldPid();
    assertThat(ProcessHandle.of(pid)).isPresent();

    write("run/lease-end", "1\n");

    eventually(() -> ProcessHandle.of(pid).isEmpty());
    String _ = awaitRequest(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void leavesExistingDataAsTheyAre(String shell) throws IOException {
    write("base/data/mysql.ibd", "old");
    launch(shell);

    permit(awaitRequest(""));

    eventually(() -> read("calls").contains("serve"));
    assertThat(read("calls")).doesNotContain("initialize");
    assertThat(read("base/data/mysql.ibd")).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void notesWhichDataSetItMade(String shell) throws IOException {
    launch(shell);

    awaitRequest("");

    String uuid = read("base/made").strip();
    assertThat(UUID.fromString(uuid)).hasToString(uuid);
    assertThat(read("base/data/auto.cnf")).isEqualTo("[auto]\nserver-uuid=" + uuid + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void waitsForTheDataSetThatIsToBeAdoptedAndMakesNone(String shell) throws IOException {
    write("origin", "adopt\n");
    launch(shell);

    eventually(() -> read("run/launch-error").contains("spec.adopt names this host"));
    assertThat(folder.resolve("base/data")).doesNotExist();
    assertThat(read("run/start-request")).isEmpty();

    write("base/arriving/mysql.ibd", "theirs");
    Files.move(folder.resolve("base/arriving"), folder.resolve("base/data"));

    permit(awaitRequest(""));
    eventually(() -> read("calls").contains("serve"));
    assertThat(read("calls")).doesNotContain("initialize");
    assertThat(read("base/data/mysql.ibd")).isEqualTo("theirs");
    assertThat(read("base/made")).isEmpty();
    assertThat(read("run/launch-error")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void makesADataSetOnceThePairHasBegun(String shell) throws IOException {
    write("origin", "make\n");
    launch(shell);

    awaitRequest("");

    assertThat(read("calls")).contains("initialize");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void takesHalfAnInitialisationForNothing(String shell) throws IOException {
    write("base/data.new/mysql/half", "half");
    launch(shell);

    awaitRequest("");

    assertThat(read("base/data/mysql.ibd")).isEqualTo("new\n");
    assertThat(folder.resolve("base/data/mysql/half")).doesNotExist();
    assertThat(folder.resolve("base/data.new")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void refusesADirectoryThatHoldsSomethingElse(String shell) throws IOException {
    write("base/data/photo.jpg", "dear");
    launch(shell);

    eventually(() -> read("run/launch-error").contains("holds no MySQL data set"));

    assertThat(folder.resolve("run/start-request")).doesNotExist();
    assertThat(read("base/data/photo.jpg")).isEqualTo("dear");
    Files.delete(folder.resolve("base/data/photo.jpg"));
    awaitRequest("");
    assertThat(folder.resolve("run/launch-error")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void saysThatInitialisingFailed(String shell) throws IOException {
    write("broken-initialize", "");
    launch(shell);

    eventually(() -> read("run/launch-error").contains("--initialize failed"));

    assertThat(folder.resolve("base/data")).doesNotExist();
    assertThat(folder.resolve("run/start-request")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void saysThatMysqldEndsRightAfterItsStart(String shell) throws IOException {
    write("broken", "");
    launch(shell);
    String request = "";
    for (int i = 0; i < 3; i++) {
      request = awaitRequest(request);
      permit(request);
    }

    eventually(() -> read("run/launch-error").contains("ended 3 times"));
    assertThat(read("run/launch-error")).contains("code 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void stopsMysqldPolitelyWithTheAgentsPermission(String shell) throws Exception {
    Process launcher = launch(shell);
    permit(awaitRequest(""));
    eventually(() -> read("calls").contains("serve"));

    Process preStop = run(shell, "pre-stop.sh");
    eventually(() -> !read("run/stop-request").isEmpty());
    write("run/stop-permit", read("run/stop-request"));
    assertThat(preStop.waitFor(20, TimeUnit.SECONDS)).isTrue();
    launcher.destroy();

    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isZero();
    assertThat(read("calls")).contains("polite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void killsMysqldWhenNoPermissionToStopComes(String shell) throws Exception {
    Process launcher = launch(shell);
    String request = awaitRequest("");
    permit(request);
    eventually(() -> read("calls").contains("serve"));
    long pid = mysqldPid();

    Process preStop = run(shell, "pre-stop.sh");

    assertThat(preStop.waitFor(20, TimeUnit.SECONDS)).isTrue();
    eventually(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(read("calls")).doesNotContain("polite");
    // And it is not started again.
    assertThat(read("run/start-request")).isEqualTo(request);
    launcher.destroy();
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void killsMysqldOnASigtermThatTheAgentDoesNotKnowOf(String shell) throws Exception {
    Process launcher = launch(shell);
    permit(awaitRequest(""));
    eventually(() -> read("calls").contains("serve"));
    long pid = mysqldPid();

    launcher.destroy();

    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    eventually(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(read("calls")).doesNotContain("polite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void endsAtOnceWhileItWaitsForPermission(String shell) throws Exception {
    Process launcher = launch(shell);
    awaitRequest("");

    launcher.destroy();

    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(read("calls")).doesNotContain("serve");
  }
}
