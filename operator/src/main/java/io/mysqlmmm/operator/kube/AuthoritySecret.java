package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.mysqlmmm.operator.pki.CertificateAuthority;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;

/** The Secret {@code mysql-mmm-ca} that holds the installation's certificate authority. */
public final class AuthoritySecret {
  /** Its name, in the operator's namespace. */
  public static final String NAME = "mysql-mmm-ca";

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  private AuthoritySecret() {}

  /**
   * The authority; created and stored when there is none yet. Of several operators that start at
   * once one creates it and the others read it. Two or three API calls.
   *
   * @throws IllegalStateException when the Secret is there and not usable; the message says what to
   *     do
   */
  public static CertificateAuthority loadOrCreate(
      KubernetesClient client, String operatorNamespace, Clock clock) {
    Resource<Secret> stored = client.secrets().inNamespace(operatorNamespace).withName(NAME);
    Secret present = stored.get();
    return read(present == null ? createOrRead(client, operatorNamespace, clock) : present);
  }

  private static Secret createOrRead(KubernetesClient client, String namespace, Clock clock) {
    CertificateAuthority authority = CertificateAuthority.create(clock.instant());
    Secret fresh =
        new SecretBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .addToLabels(Names.APP_NAME, Names.PRODUCT)
            .addToLabels(Names.APP_MANAGED_BY, Names.OPERATOR)
            .endMetadata()
            .withType("kubernetes.io/tls")
            .withData(
                SecretData.encode(
                    Map.of(CERTIFICATE, authority.certificatePem(), KEY, authority.keyPem())))
            .build();
    try {
      return client.resource(fresh).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      Secret others = client.secrets().inNamespace(namespace).withName(NAME).get();
      if (others == null) {
        throw e;
      }
      return others;
    }
  }

  private static CertificateAuthority read(Secret secret) {
    try {
      return CertificateAuthority.fromPem(
          SecretData.text(secret, CERTIFICATE).orElse(""), SecretData.text(secret, KEY).orElse(""));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          ("Secret %s/%s holds no usable certificate authority (%s): restore it from a backup, or"
                  + " delete it together with all NAME-tls-HOST Secrets and restart the operator"
                  + " and the pairs' pods")
              .formatted(secret.getMetadata().getNamespace(), NAME, e.getMessage()),
          e);
    }
  }
}
