package io.mysqlmmm.operator.reconcile;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.monitor.StatusStore;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status subresource of the API server. */
public final class KubeStatusStore implements StatusStore {
  private static final Logger LOG = LoggerFactory.getLogger(KubeStatusStore.class);

  private final KubernetesClient client;
  private final String pod;

  public KubeStatusStore(KubernetesClient client, String pod) {
    this.client = client;
    this.pod = pod;
  }

  @Override
  public Outcome write(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
    MySQLMultiMaster next = new MySQLMultiMaster();
    // With the resourceVersion that was read: the API server refuses it when that is not current.
    next.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(read.getMetadata().getNamespace())
            .withName(read.getMetadata().getName())
            .withUid(read.getMetadata().getUid())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    next.setSpec(read.getSpec());
    next.setStatus(status);
    try {
      return new Outcome.Written(client.resource(next).updateStatus());
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_CONFLICT
              || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          ? new Outcome.Conflict()
          : new Outcome.Unknown(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<MySQLMultiMaster> read(String namespace, String name) {
    try {
      return Optional.ofNullable(
          client.resources(MySQLMultiMaster.class).inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      LOG.warn("{}/{} cannot be read now: {}", namespace, name, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void event(MySQLMultiMaster about, boolean warning, String reason, String message) {
    ObjectMeta meta = about.getMetadata();
    String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    try {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withNamespace(meta.getNamespace())
                  .withGenerateName(meta.getName() + ".")
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion(about.getApiVersion())
                  .withKind(about.getKind())
                  .withNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .withUid(meta.getUid())
                  .endInvolvedObject()
                  .withType(warning ? "Warning" : "Normal")
                  .withReason(reason)
                  .withAction(reason)
                  .withMessage(message)
                  .withReportingComponent("mysql-mmm-operator")
                  .withReportingInstance(pod)
                  .withEventTime(new MicroTime(now))
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      LOG.warn("Event {} '{}' could not be written: {}", reason, message, e.getMessage());
    }
  }
}
