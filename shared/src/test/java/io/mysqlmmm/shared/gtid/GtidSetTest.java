package io.mysqlmmm.shared.gtid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidSetTest {
  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  void printsCanonically() {
    GtidSet set = GtidSet.parse(B + ":7,\n " + A.toUpperCase(Locale.ROOT) + ":5:1-3:4-4 ");

    assertThat(set).hasToString(A + ":1-5," + B + ":7");
  }

  @Test
  void emptyTextIsTheEmptySet() {
    assertThat(GtidSet.parse("")).isEqualTo(GtidSet.empty()).hasToString("");
    assertThat(GtidSet.parse(" \n,")).isEqualTo(GtidSet.empty());
  }

  @Test
  void keepsTagsApart() {
    GtidSet set = GtidSet.parse(A + ":1-5:backup:1-3:4,%s:9".formatted(B));

    assertThat(set).hasToString(A + ":1-5," + A + ":backup:1-4," + B + ":9");
    assertThat(set.minus(GtidSet.parse(A + ":1-5"))).hasToString(A + ":backup:1-4," + B + ":9");
    assertThat(set.contains(GtidSet.parse(A + ":backup:4"))).isTrue();
    assertThat(set.contains(GtidSet.parse(A + ":other:4"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1-10, 3-4, 1-2:5-10",
    "1-10, 1-10, ''",
    "1-10, 11, 1-10",
    "1-10, 1:10, 2-9",
    "1-3:7-9, 2-8, 1:9",
    "5, 1-9, ''",
  })
  void subtracts(String from, String what, String rest) {
    GtidSet expected = rest.isEmpty() ? GtidSet.empty() : GtidSet.parse(A + ":" + rest);

    assertThat(GtidSet.parse(A + ":" + from).minus(GtidSet.parse(A + ":" + what)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        A,
        A + ":",
        A + ":0",
        A + ":-1",
        A + ":5-3",
        A + ":1-",
        A + ":99999999999999999999",
        "3e11fa47:1"
      })
  void refusesWhatIsNoGtidSet(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GtidSet.parse(text))
        .withMessageContaining("not a GTID");
  }

  /** Against sets of single transactions, which cannot be wrong. */
  @RepeatedTest(200)
  void agreesWithPlainSets(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Set<String> left = some(random);
    Set<String> right = some(random);
    GtidSet a = of(left);
    GtidSet b = of(right);

    assertThat(a.size()).isEqualTo(left.size());
    assertThat(a.union(b)).isEqualTo(of(union(left, right))).isEqualTo(b.union(a));
    assertThat(a.minus(b)).isEqualTo(of(minus(left, right)));
    assertThat(a.contains(b)).isEqualTo(left.containsAll(right));
    assertThat(a.union(b).contains(a)).isTrue();
    assertThat(a.minus(b).union(b)).isEqualTo(a.union(b));
    assertThat(GtidSet.parse(a.toString())).isEqualTo(a).hasSameHashCodeAs(a);
  }

  private static Set<String> some(Random random) {
    Set<String> some = new TreeSet<>();
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      String source = random.nextBoolean() ? A : random.nextBoolean() ? B : A + ":tag";
      some.add(source + ":" + (1 + random.nextInt(20)));
    }
    return some;
  }

  private static GtidSet of(Set<String> transactions) {
    return GtidSet.parse(String.join(",", transactions));
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  private static Set<String> minus(Set<String> a, Set<String> b) {
    Set<String> rest = new TreeSet<>(a);
    rest.removeAll(b);
    return rest;
  }
}
