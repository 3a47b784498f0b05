package io.mysqlmmm.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.mysqlmmm.operator.config.OperatorConfig;
import io.mysqlmmm.operator.kube.ApiClient;
import io.mysqlmmm.operator.kube.AuthoritySecret;
import io.mysqlmmm.operator.kube.KubeObjects;
import io.mysqlmmm.operator.kube.KubeSettings;
import io.mysqlmmm.operator.lead.Leadership;
import io.mysqlmmm.operator.monitor.Fleet;
import io.mysqlmmm.operator.monitor.HttpAgentLink;
import io.mysqlmmm.operator.monitor.Ticker;
import io.mysqlmmm.operator.pki.CertificateAuthority;
import io.mysqlmmm.operator.pki.MutualTls;
import io.mysqlmmm.operator.reconcile.KubeStatusStore;
import io.mysqlmmm.operator.reconcile.MultiMasterReconciler;
import io.mysqlmmm.operator.succession.Candidate;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's process: wires the parts, then leads or waits to lead until it is ended. */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  public static void main(String[] args) throws InterruptedException {
    OperatorConfig config = OperatorConfig.from(System.getenv());
    LOG.info("mysql-mmm operator, {}", config);
    Ticker ticker = Ticker.system();
    KubernetesClient client = ApiClient.connect();
    KubeStatusStore store = new KubeStatusStore(ApiClient.connectForStatus(), config.pod());
    Leadership leadership =
        new Leadership(
            ApiClient.connectForLease(),
            config.namespace(),
            config.pod(),
            config.node(),
            ticker::now);
    Candidate candidate =
        new Candidate(
            client,
            config.namespace(),
            config.watchNamespaces(),
            config.pod(),
            config.node(),
            leadership,
            ticker::now);
    HealthServer health =
        new HealthServer(config.httpPort(), Thread.currentThread()::isAlive, () -> true);
    health.start();
    Runtime.getRuntime().addShutdownHook(new Thread(leadership::stop, "stop"));
    Thread.ofPlatform().daemon().name("candidate").start(candidate);
    while (leadership.await()) {
      lead(config, client, store, leadership, ticker);
    }
  }

  /** One term of leadership, from its first moment to its loss. */
  private static void lead(
      OperatorConfig config,
      KubernetesClient client,
      KubeStatusStore store,
      Leadership leadership,
      Ticker ticker)
      throws InterruptedException {
    LOG.info("leading");
    CertificateAuthority authority =
        AuthoritySecret.loadOrCreate(client, config.namespace(), Clock.systemUTC());
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .sslContext(MutualTls.operatorContext(authority, Clock.systemUTC()))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    KubeObjects objects =
        new KubeObjects(
            client,
            new KubeSettings(
                config.agentImage(),
                config.agentPullPolicy(),
                config.namespace(),
                Optional.empty()),
            authority,
            Clock.systemUTC());
    try (http;
        Fleet fleet =
            new Fleet(
                store,
                (topology, host) ->
                    new HttpAgentLink(http, host.address(), topology.agent().port()),
                ticker,
                leadership::leads)) {
      Operator operator =
          new Operator(o -> o.withKubernetesClient(client).withCloseClientOnStop(false));
      operator.register(new MultiMasterReconciler(fleet, objects, config.watchNamespaces()));
      Thread starter = Thread.ofPlatform().name("start").start(operator::start);
      leadership.keep();
      starter.join(Duration.ofSeconds(5));
      operator.stop();
    }
  }
}
