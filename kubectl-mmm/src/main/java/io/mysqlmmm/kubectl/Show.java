package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.text.JsonText;
import io.mysqlmmm.kubectl.text.PairText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints resources as they were last seen by the operator. Changes nothing. */
final class Show {
  /**
   * What to show.
   *
   * @param namespace empty: all of them
   * @param name empty: all resources; only with a namespace
   */
  record Scope(Optional<String> namespace, Optional<String> name) {}

  /** What {@code -o} takes. */
  enum Format {
    TEXT,
    WIDE,
    JSON,
    YAML,
    NAME
  }

  /**
   * How to show it.
   *
   * @param history whether text goes on with what changed lately; wide text always does
   */
  record Look(Format format, boolean history) {}

  private final Pairs pairs;
  private final Console console;

  Show(Pairs pairs, Console console) {
    this.pairs = pairs;
    this.console = console;
  }

  ExitStatus run(Scope scope, Look look) throws ClusterException {
    List<Pair> found = find(scope);
    switch (look.format()) {
      case TEXT, WIDE -> text(found, scope, look);
      case NAME -> found.forEach(pair -> console.out().print(name(pair)));
      case JSON -> console.out().println(JsonText.json(content(found, scope)));
      case YAML -> console.out().print(JsonText.yaml(content(found, scope)));
    }
    return ExitStatus.DONE;
  }

  /**
   * As {@code run}, but goes on: text is printed again as a whole, else each resource by itself.
   */
  ExitStatus follow(Scope scope, Look look, Time time) throws ClusterException {
    return new Follow(console, time).run(() -> pieces(find(scope), scope, look));
  }

  private List<Follow.Piece> pieces(List<Pair> found, Scope scope, Look look) {
    return switch (look.format()) {
      case TEXT, WIDE ->
          Follow.whole(
              found.isEmpty() ? "# " + nothing(scope) + "\n" : rendered(found, scope, look));
      case NAME -> each(found, Show::name);
      case JSON -> each(found, pair -> JsonText.json(pair.json()) + "\n");
      case YAML -> each(found, pair -> "---\n" + JsonText.yaml(pair.json()));
    };
  }

  private static List<Follow.Piece> each(List<Pair> found, Function<Pair, String> text) {
    return found.stream()
        .map(pair -> new Follow.Piece(pair.key() + "@" + pair.version(), text.apply(pair)))
        .toList();
  }

  private static String name(Pair pair) {
    return "mysqlmultimaster.mysqlmmm.io/" + pair.key().name() + "\n";
  }

  private List<Pair> find(Scope scope) throws ClusterException {
    if (scope.namespace().isEmpty()) {
      return pairs.listAll();
    }
    String namespace = scope.namespace().get();
    return scope.name().isPresent()
        ? List.of(pairs.get(new Pair.Key(namespace, scope.name().get())))
        : pairs.list(namespace);
  }

  private void text(List<Pair> found, Scope scope, Look look) {
    if (found.isEmpty()) {
      // As kubectl: nothing to show is not an error, and no output for a script.
      console.err().println(nothing(scope));
      return;
    }
    console.out().print(rendered(found, scope, look));
  }

  private static String rendered(List<Pair> found, Scope scope, Look look) {
    PairText text =
        new PairText(
            new PairText.Detail(
                look.format() == Format.WIDE, scope.namespace().isEmpty(), look.history()));
    return found.stream().map(text::render).collect(Collectors.joining("\n"));
  }

  private static String nothing(Scope scope) {
    return "No MySQLMultiMaster " + where(scope) + ".";
  }

  private static String where(Scope scope) {
    return scope.namespace().map("in namespace '%s'"::formatted).orElse("in any namespace");
  }

  /** The resource itself when it was named, else a list, as kubectl get does. */
  private static JsonNode content(List<Pair> found, Scope scope) {
    List<JsonNode> all = found.stream().map(Pair::json).toList();
    return scope.name().isPresent() ? all.getFirst() : JsonText.list(all);
  }
}
