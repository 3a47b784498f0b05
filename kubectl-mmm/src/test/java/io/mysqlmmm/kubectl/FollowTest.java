package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console = new Console(new PrintWriter(out), new PrintWriter(err));
  private final Deque<Follow.Source> looks = new ArrayDeque<>();

  /** Ctrl-C comes when nothing is left to look at. */
  private final Time time =
      new Time() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
          assertThat(length).isEqualTo(Duration.ofSeconds(1));
          if (looks.isEmpty()) {
            throw new InterruptedException();
          }
        }
      };

  @AfterEach
  void forgetTheInterrupt() {
    assertThat(Thread.interrupted() || looks.isEmpty()).isTrue();
  }

  private FollowTest then(Follow.Source look) {
    looks.add(look);
    return this;
  }

  private FollowTest thenFails(Kind kind) {
    return then(
        () -> {
          throw new ClusterException(kind, "Away.");
        });
  }

  private void follow() throws ClusterException {
    assertThat(new Follow(console, time).run(() -> looks.remove().look()))
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void printsATextAgainWhenItHasChanged() throws Exception {
    then(() -> Follow.whole("one\n"))
        .then(() -> Follow.whole("one\n"))
        .then(() -> Follow.whole("two\n"));

    follow();

    assertThat(out.toString()).isEqualTo("one\n\ntwo\n\n");
  }

  @Test
  void printsOnlyThePiecesThatHaveChanged() throws Exception {
    Follow.Piece a = new Follow.Piece("a@1", "a\n");

    then(() -> List.of(a, new Follow.Piece("b@1", "b\n")))
        .then(() -> List.of(a, new Follow.Piece("b@2", "b\n")));
    follow();

    assertThat(out.toString()).isEqualTo("a\nb\nb\n");
  }

  @Test
  void saysOnceThatTheApiServerIsAway() throws Exception {
    then(() -> Follow.whole("one\n"))
        .thenFails(Kind.UNREACHABLE)
        .thenFails(Kind.SERVER)
        .then(() -> Follow.whole("one\n"));
    follow();

    assertThat(out.toString()).isEqualTo("one\n\n");
    assertThat(err.toString()).isEqualTo("# Warning: Away.\n");
  }

  @Test
  void endsWhenItCannotBegin() {
    thenFails(Kind.UNREACHABLE);

    assertThatThrownBy(this::follow).hasMessage("Away.");
  }

  @Test
  void endsWhenItMayNotLookAnyMore() {
    then(() -> Follow.whole("one\n")).thenFails(Kind.FORBIDDEN);

    assertThatThrownBy(this::follow).hasMessage("Away.");
  }

  @Test
  void streamsResourcesForOtherPrograms() throws Exception {
    FakePairs pairs = new FakePairs().answering(TestResources.pair(TestResources.SHOP));
    Pair.Key key = new Pair.Key("default", "shop");
    Show.Scope scope = new Show.Scope(Optional.of(key.namespace()), Optional.empty());

    new Show(pairs, console).follow(scope, new Show.Look(Show.Format.NAME, false), time);
    new Show(pairs, console).follow(scope, new Show.Look(Show.Format.YAML, false), time);

    assertThat(out.toString())
        .startsWith("mysqlmultimaster.mysqlmmm.io/shop\n---\napiVersion: mysqlmmm.io/v1alpha1\n");
  }
}
