package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.mysqlmmm.operator.core.Topology.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ConfigMap NAME-config: scripts for all hosts, and each host's agent.json. */
final class Config {
  static final List<String> SCRIPTS = List.of("prepare.sh", "launch.sh", "pre-stop.sh");

  /** For launch.sh: whether the data set of the adopted host is still to come, or is made there. */
  static final String ORIGIN = "origin";

  private static final int HASH_BYTES = 8;

  private Config() {}

  static ConfigMap render(Blueprint pair) {
    Map<String, String> data = new TreeMap<>();
    SCRIPTS.forEach(script -> data.put(script, script(script)));
    for (Host host : pair.topology().hosts()) {
      data.put(agentKey(host.name()), AgentConfig.of(pair.topology(), host).toJson());
      if (host.external()) {
        data.put(ExternalHost.SCRIPT, script(ExternalHost.SCRIPT));
        data.put(unitKey(host.name()), ExternalHost.unit(pair, host));
        data.put(ExternalHost.OPTIONS, ExternalHost.options(pair.topology(), host));
      }
    }
    if (pair.topology().adopted().isPresent()) {
      // A disk that is lost later begins empty, as everywhere.
      data.put(ORIGIN, pair.writer().isEmpty() ? "adopt" : "make");
    }
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(Names.config(pair.cluster()))
        .withNamespace(pair.namespace())
        .withLabels(Names.labels(pair.cluster()))
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withData(data)
        .build();
  }

  static String agentKey(String host) {
    return "agent.json." + host;
  }

  static String unitKey(String host) {
    return ExternalHost.UNIT + "." + host;
  }

  /** Changes with everything a host's pod reads from the ConfigMap at its start only. */
  static String hash(Blueprint pair, Host host) {
    StringBuilder text = new StringBuilder();
    SCRIPTS.forEach(name -> text.append(script(name)));
    if (host.external()) {
      text.append(script(ExternalHost.SCRIPT)).append(ExternalHost.unit(pair, host));
      text.append(ExternalHost.options(pair.topology(), host));
    }
    return hash(
        text.append(AgentConfig.of(pair.topology(), host).withoutManagedIps().toJson()).toString());
  }

  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String script(String name) {
    try (InputStream stream = Config.class.getResourceAsStream("/mysql/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the operator's jar has no /mysql/" + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
