package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.text.JsonText;
import io.mysqlmmm.kubectl.text.PairText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints resources as they were last seen by the operator. Reads once, changes nothing. */
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

  private final Pairs pairs;
  private final Console console;

  Show(Pairs pairs, Console console) {
    this.pairs = pairs;
    this.console = console;
  }

  ExitStatus run(Scope scope, Format format) throws ClusterException {
    List<Pair> found = find(scope);
    switch (format) {
      case TEXT, WIDE -> text(found, scope, format == Format.WIDE);
      case NAME ->
          found.forEach(
              pair -> console.out().println("mysqlmultimaster.mysqlmmm.io/" + pair.key().name()));
      case JSON -> console.out().println(JsonText.json(content(found, scope)));
      case YAML -> console.out().print(JsonText.yaml(content(found, scope)));
    }
    return ExitStatus.DONE;
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

  private void text(List<Pair> found, Scope scope, boolean wide) {
    if (found.isEmpty()) {
      // As kubectl: nothing to show is not an error, and no output for a script.
      console.err().println("No MySQLMultiMaster " + where(scope) + ".");
      return;
    }
    PairText text = new PairText(wide, scope.namespace().isEmpty());
    console.out().print(found.stream().map(text::render).collect(Collectors.joining("\n")));
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
