package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.text.ChecksText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What may stand for the last word of a command line. What a parameter or an option takes is told
 * by its label: NAME, HOST, ROLE, IP, CHECK, COMMAND and FILE stand for what they say, words in
 * lower case for themselves.
 */
final class Completion {
  private final CommandSpec root;
  private final Lookup lookup;

  /** Asks the cluster; empty when it does not answer in time. */
  interface Lookup {
    /**
     * The resources of the namespace meant.
     *
     * @param line the words of the command line that say which cluster and namespace
     */
    List<Pair> pairs(List<String> line);
  }

  /** Something to complete to, and what it is. */
  record Candidate(String value, String description) {}

  /**
   * All of them.
   *
   * @param files whether file names may stand there as well
   */
  record Candidates(List<Candidate> all, boolean files) {
    static Candidates of(Stream<Candidate> all) {
      return new Candidates(all.toList(), false);
    }
  }

  Completion(CommandSpec root, Lookup lookup) {
    this.root = root;
    this.lookup = lookup;
  }

  /**
   * The candidates for the last word.
   *
   * @param words after the plugin's name; the last is the one to complete and may be empty
   */
  Candidates complete(List<String> words) {
    String partial = words.isEmpty() ? "" : words.getLast();
    Candidates found =
        candidates(words.isEmpty() ? words : words.subList(0, words.size() - 1), partial);
    return new Candidates(
        found.all().stream().filter(c -> c.value().startsWith(partial)).toList(), found.files());
  }

  private Candidates candidates(List<String> before, String partial) {
    Optional<CommandSpec> verb =
        before.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(root.subcommands().get(before.getFirst()))
                .map(CommandLine::getCommandSpec);
    if (before.isEmpty()) {
      return Candidates.of(verbs());
    }
    if (verb.isEmpty()) {
      return Candidates.of(Stream.empty());
    }
    CommandWords line = CommandWords.of(verb.get(), before.subList(1, before.size()));
    if (line.pending().isPresent()) {
      return byLabel(line.pending().get().paramLabel(), line);
    }
    if (partial.startsWith("-")) {
      return Candidates.of(options(verb.get()));
    }
    return verb.get().positionalParameters().stream()
        .filter(parameter -> parameter.index().contains(line.parameters().size()))
        .findFirst()
        .map(parameter -> byLabel(parameter.paramLabel(), line))
        .orElse(Candidates.of(Stream.empty()));
  }

  private Stream<Candidate> verbs() {
    return root.subcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .map(spec -> new Candidate(spec.name(), first(spec.usageMessage().description())));
  }

  private static Stream<Candidate> options(CommandSpec verb) {
    return verb.options().stream()
        .map(option -> new Candidate(option.longestName(), first(option.description())));
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : Objects.requireNonNull(lines[0]);
  }

  private Candidates byLabel(String label, CommandWords line) {
    List<Candidate> all = new ArrayList<>();
    boolean files = false;
    for (String word : label.split("\\|", -1)) {
      switch (word) {
        case "COMMAND" -> all.addAll(verbs().toList());
        case "CHECK" -> ChecksText.NAMES.forEach(name -> all.add(new Candidate(name, "check")));
        case "NAME" ->
            lookup
                .pairs(line.cluster())
                .forEach(pair -> all.add(new Candidate(pair.key().name(), pair.mode())));
        case "HOST" -> named(line, pair -> hosts(pair, line), "host", all);
        case "ROLE" -> named(line, Completion::roles, "role", all);
        case "IP" -> named(line, Completion::ips, "IP", all);
        case "FILE" -> files = true;
        default -> {
          if (!word.isEmpty() && Character.isLowerCase(word.charAt(0))) {
            all.add(new Candidate(word, ""));
          }
        }
      }
    }
    return new Candidates(all, files);
  }

  /** The names that all resources have of something, each once. */
  private void named(
      CommandWords line, Function<Pair, Stream<String>> names, String what, List<Candidate> all) {
    Set<String> found = new LinkedHashSet<>();
    lookup.pairs(line.cluster()).stream().flatMap(names).forEach(found::add);
    found.forEach(name -> all.add(new Candidate(name, what)));
  }

  /** Of move-role and set-ip only those that may hold it. */
  private static Stream<String> hosts(Pair pair, CommandWords line) {
    List<String> able =
        pair.roles().stream()
            .filter(role -> line.parameters().contains(role.name()) || holds(role, line))
            .map(RoleSpec::hosts)
            .flatMap(hosts -> Optional.ofNullable(hosts).stream())
            .flatMap(List::stream)
            .toList();
    return able.isEmpty() ? pair.hosts().stream().flatMap(Completion::name) : able.stream();
  }

  private static boolean holds(RoleSpec role, CommandWords line) {
    List<String> ips = role.ips();
    return ips != null && ips.stream().anyMatch(line.parameters()::contains);
  }

  private static Stream<String> name(HostSpec host) {
    return Optional.ofNullable(host.name()).stream();
  }

  private static Stream<String> roles(Pair pair) {
    return pair.roles().stream().flatMap(role -> Optional.ofNullable(role.name()).stream());
  }

  private static Stream<String> ips(Pair pair) {
    return pair.roles().stream()
        .map(RoleSpec::ips)
        .flatMap(ips -> Optional.ofNullable(ips).stream())
        .flatMap(List::stream);
  }
}
