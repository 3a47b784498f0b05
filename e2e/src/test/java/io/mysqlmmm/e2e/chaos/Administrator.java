package io.mysqlmmm.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** A session of MySQL's root in a host's container, as somebody would open one by hand. */
public record Administrator(String password) {

  public static Administrator of(KubernetesClient client) {
    String encoded =
        client
            .secrets()
            .inNamespace("default")
            .withName("shop-mysql")
            .get()
            .getData()
            .get("rootPassword");
    return new Administrator(new String(Base64.getDecoder().decode(encoded), UTF_8));
  }

  /** Starts a session that ends with its last statement; ending the process ends it earlier. */
  public Process session(String host, String sql) throws IOException, Fault.Skipped {
    return client(host, sql).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private ProcessBuilder client(String host, String sql) throws Fault.Skipped {
    List<String> mysqld = Processes.mysqld(host);
    if (mysqld.size() != 1) {
      throw new Fault.Skipped("no mysqld runs on " + host);
    }
    ProcessBuilder client =
        new ProcessBuilder(
            "nsenter",
            "--target",
            mysqld.getFirst(),
            "--mount",
            "--net",
            "mysql",
            "--socket=/run/mmm/mysqld.sock",
            "-uroot",
            "--skip-column-names",
            "-e",
            sql);
    client.environment().put("MYSQL_PWD", password);
    return client.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Waits for the statement to end, which has to succeed; returns its rows, a line each. */
  public String ask(String host, String sql)
      throws IOException, InterruptedException, Fault.Skipped {
    Process session = client(host, sql).start();
    String rows = new String(session.getInputStream().readAllBytes(), UTF_8);
    assertThat(session.waitFor()).as(sql).isZero();
    return rows.strip();
  }

  /** Waits for the statements to end; they have to succeed. */
  public void execute(String host, String sql)
      throws IOException, InterruptedException, Fault.Skipped {
    assertThat(session(host, sql).waitFor()).as(sql).isZero();
  }

  @Override
  public String toString() {
    return "Administrator[***]";
  }
}
