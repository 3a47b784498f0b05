package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Database;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.observe.Problem;
import io.mysqlmmm.operator.pki.CertificateAuthority;
import io.mysqlmmm.operator.pki.KeyAndCertificate;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets of a pair: passwords are generated where there is no Secret and never overwritten;
 * hosts' certificates are issued and renewed.
 */
final class Secrets {
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  /** 28 of 56 characters: 162 bits; within the 32 that a replication password may have. */
  private static final int PASSWORD_LENGTH = 28;

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String AUTHORITY = "ca.crt";

  private final KubernetesClient client;
  private final CertificateAuthority authority;
  private final Applier applier;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Secrets(KubernetesClient client, CertificateAuthority authority, Applier applier, Clock clock) {
    this.client = client;
    this.authority = authority;
    this.applier = applier;
    this.clock = clock;
  }

  /** Creates what is absent, renews what runs out. Returns what the user has to put right. */
  List<Problem> provide(Blueprint pair) {
    List<Problem> problems = new ArrayList<>();
    for (Host host : pair.topology().hosts()) {
      provideCertificate(pair, host).ifPresent(problems::add);
    }
    if (get(pair.namespace(), pair.systemSecret()) == null) {
      Map<String, String> passwords = new LinkedHashMap<>();
      SystemSecret.KEYS.forEach(key -> passwords.put(key, newPassword()));
      createUnlessPresent(pair, pair.systemSecret(), passwords);
    }
    for (Database database : pair.topology().mysql().databases()) {
      if (get(pair.namespace(), database.secret()) == null) {
        createUnlessPresent(
            pair,
            database.secret(),
            Map.of(SecretRules.USERNAME, database.user(), SecretRules.PASSWORD, newPassword()));
      }
    }
    return problems;
  }

  SystemCredentials system(String namespace, String name) {
    Secret secret = get(namespace, name);
    return secret == null ? new SystemCredentials.Bad(absent(name)) : SecretRules.system(secret);
  }

  Credentials database(Topology topology, Database database) {
    Secret secret = get(topology.namespace(), database.secret());
    return secret == null
        ? new Credentials.Bad(absent(database.secret()))
        : SecretRules.database(secret, database);
  }

  List<Problem> check(Blueprint pair) {
    List<Problem> problems = new ArrayList<>();
    if (system(pair.namespace(), pair.systemSecret()) instanceof SystemCredentials.Bad bad) {
      problems.add(new Problem("spec.mysql.credentialsSecret", "BadSecret", bad.sentence()));
    }
    List<Database> databases = pair.topology().mysql().databases();
    for (int i = 0; i < databases.size(); i++) {
      if (database(pair.topology(), databases.get(i)) instanceof Credentials.Bad bad) {
        problems.add(
            new Problem("spec.mysql.databases[" + i + "].secret", "BadSecret", bad.sentence()));
      }
    }
    return problems;
  }

  private static String absent(String name) {
    return "Secret \"%s\" does not exist yet: it will be generated".formatted(name);
  }

  private Optional<Problem> provideCertificate(Blueprint pair, Host host) {
    String name = Names.tls(pair.cluster(), host.name());
    Secret present = get(pair.namespace(), name);
    if (present != null && isGood(present, pair, host)) {
      return Optional.empty();
    }
    KeyAndCertificate issued =
        authority.issueAgent(host.name(), pair.topology().uid(), host.address(), clock.instant());
    Secret wanted =
        builder(pair, name, Names.labels(pair.cluster(), host.name()))
            .withType("kubernetes.io/tls")
            .withData(
                SecretData.encode(
                    Map.of(
                        CERTIFICATE,
                        issued.certificatePem(),
                        KEY,
                        issued.keyPem(),
                        AUTHORITY,
                        authority.certificatePem())))
            .build();
    return applier.apply(pair.topology(), wanted);
  }

  private boolean isGood(Secret secret, Blueprint pair, Host host) {
    Optional<String> certificate = SecretData.text(secret, CERTIFICATE);
    Optional<String> key = SecretData.text(secret, KEY);
    if (!Applier.belongs(pair.topology(), secret)
        || certificate.isEmpty()
        || key.isEmpty()
        || !SecretData.text(secret, AUTHORITY).equals(Optional.of(authority.certificatePem()))) {
      return false;
    }
    try {
      KeyAndCertificate read =
          KeyAndCertificate.fromPem(certificate.orElseThrow(), key.orElseThrow());
      return authority.stillGood(
          read.certificate(), host.name(), pair.topology().uid(), host.address(), clock.instant());
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }

  private @Nullable Secret get(String namespace, String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  /** The pair owns what it generated, so that deleting it leaves nothing behind. */
  private void createUnlessPresent(Blueprint pair, String name, Map<String, String> values) {
    Secret fresh =
        builder(pair, name, Names.labels(pair.cluster()))
            .withType("Opaque")
            .withData(SecretData.encode(values))
            .build();
    try {
      client.resource(fresh).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Somebody was quicker: theirs counts.
    }
  }

  private static SecretBuilder builder(Blueprint pair, String name, Map<String, String> labels) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(pair.namespace())
        .withLabels(labels)
        .withOwnerReferences(pair.owner())
        .endMetadata();
  }

  private String newPassword() {
    StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
