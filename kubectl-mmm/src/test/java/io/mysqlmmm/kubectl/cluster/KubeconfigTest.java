package io.mysqlmmm.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlmmm.kubectl.cluster.Identity.Header;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: lab
      contexts:
      - {name: lab, context: {cluster: lab, user: admin, namespace: shops}}
      - {name: nobody, context: {cluster: lab}}
      - {name: gone, context: {cluster: gone, user: admin}}
      clusters:
      - {name: lab, cluster: {server: "https://10.0.0.1:6443/", certificate-authority: ca.crt}}
      users:
      - {name: admin, user: {tokenFile: token}}
      """;

  @TempDir private Path home = Path.of("");

  private Environment environment(Map<String, String> variables) {
    return new Environment(variables, home, home.resolve("serviceaccount"));
  }

  private Path write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, content);
  }

  private static ClusterAccess access(
      Environment environment, @Nullable Path file, @Nullable String context)
      throws ClusterException {
    return Kubeconfig.access(
        environment, Overrides.of(Optional.ofNullable(file), Optional.ofNullable(context)));
  }

  private void writeDefault() throws IOException {
    write(".kube/config", CONFIG);
    write(".kube/ca.crt", "the CA");
    write(".kube/token", "secret\n");
  }

  @Test
  void readsTheCurrentContextWithFilesBesideTheConfig() throws Exception {
    writeDefault();

    ClusterAccess access = access(environment(Map.of()), null, null);

    assertThat(access)
        .isEqualTo(
            new ClusterAccess(
                URI.create("https://10.0.0.1:6443"),
                Optional.of("the CA"),
                false,
                Optional.empty(),
                new Identity(Optional.empty(), Optional.of("Bearer secret")),
                "shops"));
    assertThat(access.toString()).doesNotContain("secret");
  }

  @Test
  void takesTheNamedContextAndDefaultNamespace() throws Exception {
    writeDefault();

    ClusterAccess access = access(environment(Map.of()), null, "nobody");

    assertThat(access.identity()).isEqualTo(Identity.ANONYMOUS);
    assertThat(access.namespace()).isEqualTo("default");
  }

  @Test
  void mergesTheFilesOfKubeconfigFirstOneWins() throws Exception {
    Path first = write("first", "current-context: nobody\n");
    Path second = write("second", CONFIG);
    write("ca.crt", "the CA");
    String listed = String.join(File.pathSeparator, first + "", home + "/absent", second + "");

    ClusterAccess access = access(environment(Map.of("KUBECONFIG", listed)), null, null);

    assertThat(access.identity()).isEqualTo(Identity.ANONYMOUS);
    assertThat(access.authority()).contains("the CA");
  }

  @Test
  void theOptionWinsOverTheEnvironment() throws Exception {
    Path named = write("named", CONFIG.replace("10.0.0.1", "10.0.0.2"));
    write("ca.crt", "the CA");
    writeDefault();
    Environment environment = environment(Map.of("KUBECONFIG", home + "/.kube/config"));

    ClusterAccess access = access(environment, named, "nobody");

    assertThat(access.server()).hasHost("10.0.0.2");
  }

  @Test
  void runsACredentialPluginBesideTheConfig() throws Exception {
    Path plugin =
        write(
            "login",
            """
            #!/bin/sh
            test "$FLAVOUR" = plain || exit 1
            echo "{\\"kind\\": \\"ExecCredential\\", \\"status\\": {\\"token\\": \\"$1-token\\"}}"
            """);
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
    Path config =
        write(
            "config",
            CONFIG.replace(
                "{tokenFile: token}",
                "{exec: {command: ./login, args: [my], env: [{name: FLAVOUR, value: plain}]}}"));
    write("ca.crt", "the CA");

    ClusterAccess access = access(environment(System.getenv()), config, null);

    assertThat(access.identity().authorization()).contains("Bearer my-token");
  }

  @Test
  void saysWhichCredentialPluginIsMissing() throws Exception {
    Path config =
        write(
            "config",
            CONFIG.replace(
                "{tokenFile: token}",
                "{exec: {command: no-such-login, installHint: get it at example.org}}"));
    write("ca.crt", "the CA");

    assertThatThrownBy(() -> access(environment(System.getenv()), config, null))
        .hasMessage(
            "The credential plugin 'no-such-login' cannot be run or read: get it at example.org");
  }

  @Test
  void usesThePodsServiceAccountWithoutAKubeconfig() throws Exception {
    write("serviceaccount/token", "pod-token");
    write("serviceaccount/ca.crt", "the CA");
    write("serviceaccount/namespace", "shops");
    Environment pod =
        environment(
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"));

    ClusterAccess access = access(pod, null, null);

    assertThat(access.server()).isEqualTo(URI.create("https://[fd00::1]:6443"));
    assertThat(access.identity().authorization()).contains("Bearer pod-token");
    assertThat(access.namespace()).isEqualTo("shops");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThatThrownBy(() -> access(environment(Map.of()), null, null))
        .hasMessageStartingWith("No kubeconfig found (")
        .hasMessageEndingWith("set KUBECONFIG or pass --kubeconfig.");
    assertThatThrownBy(() -> access(environment(Map.of()), home.resolve("absent"), null))
        .hasMessageEndingWith("absent does not exist.");
    writeDefault();
    assertThatThrownBy(() -> access(environment(Map.of()), null, "other"))
        .hasMessage("The kubeconfig has no context 'other'.");
    assertThatThrownBy(() -> access(environment(Map.of()), null, "gone"))
        .hasMessage("The kubeconfig has no cluster 'gone'.");
  }

  @Test
  void refusesWhatItDoesNotSupportInsteadOfIgnoringIt() throws Exception {
    write("ca.crt", "the CA");
    Path tunnelled = write("tunnelled", CONFIG.replace("server:", "tls-server-name: x, server:"));
    Path legacy =
        write("legacy", CONFIG.replace("{tokenFile: token}", "{auth-provider: {name: oidc}}"));

    assertThatThrownBy(() -> access(environment(Map.of()), tunnelled, null))
        .hasMessageContaining("tls-server-name");
    assertThatThrownBy(() -> access(environment(Map.of()), legacy, null))
        .hasMessageContaining("auth-provider");
  }

  @Test
  void theCommandLineWinsOverClusterAndUser() throws Exception {
    writeDefault();
    write("other-ca.crt", "another CA");
    Overrides overrides = Overrides.of(Optional.empty(), Optional.empty());
    overrides.setCluster("server", "https://10.0.0.9:6443");
    overrides.setCluster("certificate-authority", home.resolve("other-ca.crt").toString());
    overrides.setInsecure(true);
    overrides.setUser("token", "given");
    overrides.setUser("as", "jane");
    overrides.setGroups(List.of("dba", "ops"));

    ClusterAccess access = Kubeconfig.access(environment(Map.of()), overrides);

    assertThat(access.server()).hasHost("10.0.0.9");
    assertThat(access.authority()).contains("another CA");
    assertThat(access.insecure()).isTrue();
    assertThat(access.namespace()).isEqualTo("shops");
    assertThat(access.identity())
        .isEqualTo(
            new Identity(
                Optional.empty(),
                Optional.of("Bearer given"),
                List.of(
                    new Header("Impersonate-User", "jane"),
                    new Header("Impersonate-Group", "dba"),
                    new Header("Impersonate-Group", "ops"))));
  }

  @Test
  void theCommandLineNamesAnotherClusterAndUser() throws Exception {
    Path config =
        write(
            "config",
            CONFIG.replace("users:", "- {name: far, cluster: {server: 'https://far'}}\nusers:")
                + "- {name: guest, user: {token: guest}}\n");
    write("ca.crt", "the CA");
    Overrides named = Overrides.of(Optional.of(config), Optional.empty());
    Overrides overrides =
        new Overrides(
            named.file(),
            named.context(),
            Optional.of("far"),
            Optional.of("guest"),
            named.cluster(),
            named.user());

    ClusterAccess access = Kubeconfig.access(environment(Map.of()), overrides);

    assertThat(access.server()).hasHost("far");
    assertThat(access.authority()).isEmpty();
    assertThat(access.identity().authorization()).contains("Bearer guest");
  }

  @Test
  void aServerOnTheCommandLineNeedsNoKubeconfig() throws Exception {
    Overrides overrides = Overrides.of(Optional.empty(), Optional.empty());
    overrides.setCluster("server", "https://10.0.0.9:6443");
    overrides.setUser("token", "given");

    ClusterAccess access = Kubeconfig.access(environment(Map.of()), overrides);

    assertThat(access.server()).hasHost("10.0.0.9");
    assertThat(access.namespace()).isEqualTo("default");
    assertThat(access.identity().authorization()).contains("Bearer given");
  }

  @Test
  void impersonatesAsTheKubeconfigSays() throws Exception {
    write("ca.crt", "the CA");
    Path acting =
        write(
            "acting",
            CONFIG.replace(
                "{tokenFile: token}",
                "{as: jane, as-uid: '7', as-groups: [dba], as-user-extra: {a/b: [c]}}"));
    Path nobody = write("nobody", CONFIG.replace("{tokenFile: token}", "{as-groups: [dba]}"));

    assertThat(access(environment(Map.of()), acting, null).identity().impersonation())
        .containsExactly(
            new Header("Impersonate-User", "jane"),
            new Header("Impersonate-Uid", "7"),
            new Header("Impersonate-Group", "dba"),
            new Header("Impersonate-Extra-a%2Fb", "c"));
    assertThatThrownBy(() -> access(environment(Map.of()), nobody, null))
        .hasMessageContaining("only together with a user");
  }
}
