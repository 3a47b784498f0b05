package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiPairs;
import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of a verb about one resource: its own parameters, then the resource's name,
 * which may be left out when the namespace has one. mmm_control's spelling, with underscores, is
 * understood as well.
 */
abstract class PairCommand implements Verb {
  static final String TIMEOUT = "--timeout";

  private final Environment environment;
  private final Usage usage;

  /**
   * How to use a verb.
   *
   * @param name as kubectl spells names, with dashes
   * @param parameters before the resource's name
   */
  record Usage(String name, List<String> description, List<Parameter> parameters) {}

  /**
   * A parameter of its own.
   *
   * @param label what it names; completion goes by it (docs/kubectl-mmm.md)
   */
  record Parameter(String label, String description, boolean required) {}

  /**
   * What a verb works with.
   *
   * @param server the same as {@code pairs} speak to
   * @param pair the resource as it was when the verb began
   */
  record Call(ApiServer server, Pairs pairs, Pair pair, ParseResult line) {
    /** A parameter of the verb's own, or {@code otherwise} when it was left out. */
    String parameter(int index, String otherwise) {
      return line.matchedPositionalValue(index, otherwise);
    }
  }

  PairCommand(Environment environment, Usage usage) {
    this.environment = environment;
    this.usage = usage;
  }

  @Override
  public final CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(usage.name());
    if (usage.name().contains("-")) {
      spec.aliases(usage.name().replace('-', '_'));
    }
    spec.usageMessage().description(usage.description().toArray(new String[0]));
    for (Parameter parameter : usage.parameters()) {
      spec.addPositional(positional(spec.positionalParameters().size(), parameter));
    }
    spec.addPositional(
        positional(
            usage.parameters().size(),
            new Parameter("NAME", "The resource. Default: the only one of the namespace.", false)));
    addOptions(spec);
    ClusterOptions.addTo(spec);
    return spec;
  }

  private static PositionalParamSpec positional(int index, Parameter parameter) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .arity(parameter.required() ? "1" : "0..1")
        .required(parameter.required())
        .paramLabel(parameter.label())
        .type(String.class)
        .description(parameter.description())
        .build();
  }

  /** The verb's own options; none unless it says so. */
  void addOptions(CommandSpec spec) {}

  /** Option {@link #TIMEOUT}. */
  static void addTimeout(CommandSpec spec, String description) {
    spec.addOption(Durations.option(TIMEOUT).description(description).build());
  }

  static Duration timeout(ParseResult line, Duration otherwise) {
    return line.matchedOptionValue(TIMEOUT, otherwise);
  }

  @Override
  public final ExitStatus run(ParseResult line) throws ClusterException, UsageException {
    try (ApiServer server = ClusterOptions.connect(environment, line)) {
      Pairs pairs = new ApiPairs(server);
      String namespace = ClusterOptions.namespace(server, line);
      int index = usage.parameters().size();
      Optional<String> name = Optional.ofNullable(line.matchedPositionalValue(index, null));
      Pair pair =
          name.isPresent()
              ? pairs.get(new Pair.Key(namespace, name.get()))
              : theOnly(pairs.list(namespace), namespace, line);
      return run(new Call(server, pairs, pair, line));
    }
  }

  /** Does what the command line asks for. */
  abstract ExitStatus run(Call call) throws ClusterException, UsageException;

  /** The resource meant when none is named. */
  private Pair theOnly(List<Pair> found, String namespace, ParseResult line)
      throws ClusterException, UsageException {
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new ClusterException(
          ClusterException.Kind.NOT_FOUND,
          "No MySQLMultiMaster in namespace '%s'.".formatted(namespace));
    }
    String asked =
        IntStream.range(0, usage.parameters().size())
            .mapToObj(i -> line.matchedPositionalValue(i, "all"))
            .map(value -> " " + value)
            .collect(Collectors.joining());
    List<String> names = found.stream().map(pair -> pair.key().name()).toList();
    throw new UsageException(
        "Namespace '%s' has %d resources (%s): name one, as in kubectl mmm %s%s %s"
            .formatted(
                namespace,
                names.size(),
                String.join(", ", names),
                usage.name(),
                asked,
                names.getFirst()));
  }
}
