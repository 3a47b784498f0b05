package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CompletionTest extends PluginTest {
  /** What a shell is offered, each without its description, and how it goes on. */
  private String complete(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "__complete";
    System.arraycopy(words, 0, line, 1, words.length);
    assertThat(run(line)).isZero();
    assertThat(err()).isEmpty();
    return out().replaceAll("\t[^\n]*", "").strip().replace('\n', ' ');
  }

  @Test
  void completesVerbs() {
    assertThat(complete("se"))
        .isEqualTo("set-active set-manual set-wait set-passive set-online set-offline set-ip :4");
    assertThat(complete("help", "ch")).isEqualTo("checks :4");
    assertThat(complete()).startsWith("show checks mode ");
  }

  @Test
  void describesWhatItOffers() {
    run("__complete", "show", "");

    assertThat(out()).isEqualTo("shop\tActive\n:4\n");
  }

  @Test
  void completesNamesOfTheCluster() {
    assertThat(complete("show", "")).isEqualTo("shop :4");
    assertThat(complete("set-online", "d")).isEqualTo("db1 db2 :4");
    assertThat(complete("set_online", "db1", "s")).isEqualTo("shop :4");
    assertThat(complete("move-role", "")).isEqualTo("writer reader :4");
    assertThat(complete("set-ip", "10.77.0.10")).contains("10.77.0.100 10.77.0.101");
    assertThat(complete("checks", "")).isEqualTo("db1 db2 all :4");
    assertThat(complete("checks", "db1", "rep")).isEqualTo("rep_threads rep_backlog :4");
    assertThat(complete("clone", "db2", "--from", "db")).isEqualTo("db1 db2 :4");
    assertThat(complete("mode", "shop", "")).isEqualTo(":4");
  }

  @Test
  void offersOnlyHostsThatMayHoldTheRole() {
    server.change("shop", "spec: {hosts: [{name: db1}, {name: db2}, {name: db3}]}");

    assertThat(complete("move-role", "writer", "")).isEqualTo("db1 db2 :4");
    assertThat(complete("set-ip", "10.77.0.100", "")).isEqualTo("db1 db2 :4");
    assertThat(complete("set-offline", "")).isEqualTo("db1 db2 db3 :4");
  }

  @Test
  void completesOptionsAndTheirValues() {
    assertThat(complete("move-role", "--f")).isEqualTo("--force :4");
    assertThat(complete("show", "--as")).isEqualTo("--as --as-uid --as-group :4");
    assertThat(complete("show", "-o", "")).isEqualTo("wide json yaml name :4");
    assertThat(complete("show", "--kubeconfig", "")).isEqualTo(":0");
    assertThat(complete("import", "mmm_common.conf", "")).isEqualTo(":0");
    assertThat(complete("completion", "")).isEqualTo("bash zsh fish :4");
  }

  @Test
  void asksTheNamespaceThatTheCommandLineNames() {
    assertThat(complete("show", "-n", "void", "")).isEqualTo(":4");
    assertThat(complete("show", "--namespace=void", "--force", "")).isEqualTo(":4");
    assertThat(server.requests())
        .allMatch(request -> request.contains("/namespaces/void/mysqlmultimasters"));
  }

  @Test
  void offersNothingWhenTheClusterIsOutOfReach() throws IOException {
    Files.delete(directory.resolve("config"));

    assertThat(complete("show", "")).isEqualTo(":4");
    assertThat(complete("explode", "")).isEqualTo(":4");
  }

  @Test
  void printsWhatEachShellNeeds() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out()).contains("complete -F _kubectl_mmm kubectl-mmm\n");
    assertThat(run("completion", "zsh")).isZero();
    assertThat(out()).contains("compdef _kubectl_mmm kubectl-mmm\n");
    assertThat(run("completion", "fish")).isZero();
    assertThat(out()).contains("complete -c kubectl-mmm ");
    assertError(
        ExitStatus.USAGE,
        "There is no completion for 'tcsh': use one of bash, zsh, fish.",
        "completion",
        "tcsh");
  }
}
