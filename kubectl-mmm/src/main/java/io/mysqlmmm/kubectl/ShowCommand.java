package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiPairs;
import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code show [NAME]}. */
final class ShowCommand implements Verb {
  private static final String ALL_NAMESPACES = "--all-namespaces";
  private static final String OUTPUT = "--output";
  private static final String HISTORY = "--history";

  private final Environment environment;
  private final Console console;

  ShowCommand(Environment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("show");
    spec.usageMessage()
        .description("Shows hosts, their states and roles, as mmm_control show did.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("NAME")
            .type(String.class)
            .description("The resource. Default: all of the namespace.")
            .build());
    spec.addOption(
        OptionSpec.builder("-A", ALL_NAMESPACES)
            .description("Show the resources of all namespaces.")
            .build());
    spec.addOption(
        OptionSpec.builder("-o", OUTPUT)
            .paramLabel("wide|json|yaml|name")
            .type(Show.Format.class)
            .converters(ShowCommand::format)
            .description("How to print: with more, or for other programs.")
            .build());
    spec.addOption(
        OptionSpec.builder(HISTORY)
            .description("Go on with the last changes of states, roles and modes.")
            .build());
    Follow.addTo(spec);
    ClusterOptions.addTo(spec);
    return spec;
  }

  private static Show.Format format(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "wide" -> Show.Format.WIDE;
      case "json" -> Show.Format.JSON;
      case "yaml" -> Show.Format.YAML;
      case "name" -> Show.Format.NAME;
      default ->
          throw new TypeConversionException(
              "'%s' is none of wide, json, yaml, name".formatted(name));
    };
  }

  @Override
  public ExitStatus run(ParseResult line) throws ClusterException, UsageException {
    Optional<String> name = Optional.ofNullable(line.matchedPositionalValue(0, null));
    boolean all = line.hasMatchedOption(ALL_NAMESPACES);
    if (all && name.isPresent()) {
      throw new UsageException("A resource cannot be named together with --all-namespaces.");
    }
    try (ApiServer server = ClusterOptions.connect(environment, line)) {
      Optional<String> namespace =
          all ? Optional.empty() : Optional.of(ClusterOptions.namespace(server, line));
      Show show = new Show(new ApiPairs(server), console);
      Show.Scope scope = new Show.Scope(namespace, name);
      Show.Look look =
          new Show.Look(
              line.matchedOptionValue(OUTPUT, Show.Format.TEXT), line.hasMatchedOption(HISTORY));
      return Follow.isAsked(line) ? show.follow(scope, look, Time.SYSTEM) : show.run(scope, look);
    }
  }
}
