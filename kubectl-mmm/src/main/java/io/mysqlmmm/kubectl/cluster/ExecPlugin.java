package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Identity.Certificate;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a client-go credential plugin and reads the ExecCredential that it prints. The plugin shares
 * our terminal, so it may ask; it is waited for as long as it takes, as kubectl does.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">client-go
 *     credential plugins</a>
 */
final class ExecPlugin {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Environment environment;
  private final Path directory;

  ExecPlugin(Environment environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  Identity run(JsonNode exec) throws ClusterException {
    String command = exec.path("command").asText("");
    JsonNode status = status(exec, command);
    String token = status.path("token").asText("");
    String chain = status.path("clientCertificateData").asText("");
    String key = status.path("clientKeyData").asText("");
    if (token.isEmpty() && chain.isEmpty()) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The credential plugin '%s' gave no credentials.".formatted(command));
    }
    return new Identity(
        chain.isEmpty() ? Optional.empty() : Optional.of(new Certificate(chain, key)),
        token.isEmpty() ? Optional.empty() : Optional.of(Identity.bearer(token)));
  }

  private JsonNode status(JsonNode exec, String command) throws ClusterException {
    try {
      Process process = builder(exec, command).start();
      JsonNode answer;
      try (InputStream output = process.getInputStream()) {
        answer = JSON.readTree(output);
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new ClusterException(
            Kind.KUBECONFIG,
            "The credential plugin '%s' failed with exit status %d.".formatted(command, exit));
      }
      return answer.path("status");
    } catch (IOException e) {
      String hint = exec.path("installHint").asText("").strip();
      throw new ClusterException(
          Kind.KUBECONFIG,
          "The credential plugin '%s' cannot be run or read%s"
              .formatted(command, hint.isEmpty() ? "." : ": " + hint),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Kind.KUBECONFIG, "Interrupted.", e);
    }
  }

  private ProcessBuilder builder(JsonNode exec, String command) {
    List<String> line = new ArrayList<>();
    // A command with a slash is relative to the kubeconfig; a bare one is looked up in PATH.
    line.add(command.contains(File.separator) ? directory.resolve(command).toString() : command);
    exec.path("args").forEach(argument -> line.add(argument.asText()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment.variables());
    exec.path("env")
        .forEach(
            variable ->
                builder
                    .environment()
                    .put(variable.path("name").asText(), variable.path("value").asText()));
    builder.environment().put("KUBERNETES_EXEC_INFO", info(exec));
    return builder;
  }

  private static String info(JsonNode exec) {
    ObjectNode info = JSON.createObjectNode();
    info.put("apiVersion", exec.path("apiVersion").asText("client.authentication.k8s.io/v1"));
    info.put("kind", "ExecCredential");
    boolean interactive = !exec.path("interactiveMode").asText("").equals("Never");
    info.putObject("spec").put("interactive", interactive);
    return info.toString();
  }
}
