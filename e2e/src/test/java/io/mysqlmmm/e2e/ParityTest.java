package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/parity.md names tests that exist, for everything that MMM had and did wrong. */
class ParityTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)[.](\\w+)`");
  private static final Pattern FAILURE = Pattern.compile("(?m)^\\| (\\d+) ");

  /** The first method after one of JUnit's annotations. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?s)@(?:Test|ParameterizedTest|RepeatedTest|AfterAll)\\b.*?\\bvoid (\\w+)\\(");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String list() {
    return read(ROOT.resolve("docs/parity.md"));
  }

  /** Each class below src/test/java of any module, with its tests. */
  private static Map<String, List<String>> tests() throws IOException {
    Map<String, List<String>> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path sources :
          modules.map(m -> m.resolve("src/test/java")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          files
              .filter(f -> f.toString().endsWith(".java"))
              .forEach(
                  f ->
                      tests
                          .computeIfAbsent(
                              f.getFileName().toString().replace(".java", ""),
                              _ -> new ArrayList<>())
                          .addAll(methods(read(f))));
        }
      }
    }
    return tests;
  }

  private static List<String> methods(String source) {
    Matcher matcher = METHOD.matcher(source);
    return matcher.results().map(m -> m.group(1)).toList();
  }

  private static <T> Set<T> all(Pattern pattern, Function<Matcher, T> of) {
    Matcher matcher = pattern.matcher(list());
    Stream.Builder<T> found = Stream.builder();
    while (matcher.find()) {
      found.add(of.apply(matcher));
    }
    return found.build().collect(Collectors.toSet());
  }

  @Test
  void everyTestThatTheListNamesIsThere() throws IOException {
    Map<String, List<String>> tests = tests();

    Set<String> missing =
        all(NAMED, m -> Map.entry(m.group(1), m.group(2))).stream()
            .filter(t -> !tests.getOrDefault(t.getKey(), List.of()).contains(t.getValue()))
            .map(t -> t.getKey() + "." + t.getValue())
            .collect(Collectors.toSet());

    assertThat(missing).isEmpty();
  }

  @Test
  void everyRowNamesOne() {
    List<String> without =
        list()
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .filter(line -> !line.endsWith("tests |") && !line.endsWith("this fails |"))
            .filter(line -> !NAMED.matcher(line).find())
            .toList();

    assertThat(without).isEmpty();
  }

  @Test
  void everyKnownFailureOfMmmHasARow() {
    Pattern guides = Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| [^|]+ \\|$");
    Set<Integer> known =
        guides
            .matcher(read(ROOT.resolve("docs/mmm-migration.md")))
            .results()
            .map(m -> Integer.valueOf(m.group(1)))
            .collect(Collectors.toSet());

    assertThat(known).containsAll(IntStream.rangeClosed(1, 18).boxed().toList());
    assertThat(all(FAILURE, m -> Integer.valueOf(m.group(1)))).isEqualTo(known);
  }
}
