package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Kubeconfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which cluster and namespace, as kubectl has them. */
final class ClusterOptions {
  private static final String NAMESPACE = "--namespace";
  private static final String KUBECONFIG = "--kubeconfig";
  private static final String CONTEXT = "--context";
  private static final String REQUEST_TIMEOUT = "--request-timeout";
  private static final String VERBOSE = "--verbose";

  private ClusterOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        text("-n", NAMESPACE)
            .paramLabel("NAMESPACE")
            .description("Namespace. Default: the context's.")
            .build());
    spec.addOption(
        text(new String[] {KUBECONFIG})
            .paramLabel("FILE")
            .description("Kubeconfig to use. Default: KUBECONFIG, else ~/.kube/config.")
            .build());
    spec.addOption(
        text(CONTEXT)
            .paramLabel("CONTEXT")
            .description("Context of the kubeconfig. Default: the current one.")
            .build());
    spec.addOption(
        Durations.option(REQUEST_TIMEOUT)
            .description("Bound on each request; 0: none. Default: 10s.")
            .build());
    spec.addOption(
        OptionSpec.builder("-v", VERBOSE)
            .description("On failure show where it comes from.")
            .build());
  }

  private static OptionSpec.Builder text(String... names) {
    return OptionSpec.builder(names).type(String.class);
  }

  static ApiServer connect(Environment environment, ParseResult line) throws ClusterException {
    @Nullable String kubeconfig = line.matchedOptionValue(KUBECONFIG, null);
    @Nullable String context = line.matchedOptionValue(CONTEXT, null);
    Duration timeout = line.matchedOptionValue(REQUEST_TIMEOUT, Duration.ofSeconds(10));
    return new ApiServer(
        Kubeconfig.access(environment, kubeconfig == null ? null : Path.of(kubeconfig), context),
        environment,
        timeout);
  }

  static String namespace(ApiServer server, ParseResult line) {
    return line.matchedOptionValue(NAMESPACE, server.namespace());
  }
}
