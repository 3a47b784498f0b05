package io.mysqlmmm.kubectl.legacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The draft as a manifest for {@code kubectl apply}, each remark above the part that it is about.
 */
final class ManifestText {
  private final StringBuilder text = new StringBuilder();
  private final Draft draft;
  private final Findings findings;

  private ManifestText(Draft draft, Findings findings) {
    this.draft = draft;
    this.findings = findings;
  }

  static String render(Draft draft, Findings findings, List<String> files) {
    ManifestText manifest = new ManifestText(draft, findings);
    manifest.head(files);
    manifest.hosts();
    manifest.roles();
    manifest.network();
    manifest.mysql();
    manifest.agent();
    manifest.monitor();
    return manifest.text.toString();
  }

  private void head(List<String> files) {
    comment("", "Made by 'kubectl mmm import' from " + String.join(", ", files) + ".");
    comment(
        "",
        "Applied, this makes two new and empty masters, and new replicas. How the data gets there:"
            + " docs/mmm-migration.md.");
    comment(
        "",
        "MMM's replication was asynchronous; here an acknowledged write is on both masters."
            + " durability: Available is MMM's way.");
    remarks("", Place.TOP);
    line("apiVersion: mysqlmmm.io/v1alpha1");
    line("kind: MySQLMultiMaster");
    line("metadata:");
    line("  name: " + YamlText.string(draft.name()));
    draft.namespace().ifPresent(name -> line("  namespace: " + YamlText.string(name)));
    line("spec:");
    line("  mode: " + draft.mode());
    line("  durability: Lossless");
    line("  activeMasterRole: " + YamlText.string(draft.activeMasterRole()));
  }

  private void hosts() {
    line("  hosts:");
    remarks("    ", Place.HOSTS);
    for (Draft.Host host : draft.hosts()) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("name", YamlText.string(host.name()));
      fields.put("nodeName", YamlText.string(host.node()));
      host.address().ifPresent(address -> fields.put("address", YamlText.string(address)));
      fields.put("mode", host.isMaster() ? "Master" : "Replica");
      host.peer().ifPresent(peer -> fields.put("peer", YamlText.string(peer)));
      line("    - " + YamlText.map(fields));
    }
  }

  private void roles() {
    line("  roles:");
    remarks("    ", Place.ROLES);
    for (Draft.Role role : draft.roles()) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("name", YamlText.string(role.name()));
      fields.put("mode", role.isExclusive() ? "Exclusive" : "Balanced");
      fields.put("hosts", YamlText.list(role.hosts()));
      fields.put("ips", YamlText.list(role.ips()));
      role.prefer().ifPresent(host -> fields.put("prefer", YamlText.string(host)));
      line("    - " + YamlText.map(fields));
    }
  }

  private void network() {
    remarks("  ", Place.NETWORK);
    draft
        .network()
        .ifPresent(name -> line("  network: {interface: %s}".formatted(YamlText.string(name))));
  }

  private void mysql() {
    line("  mysql:");
    remarks("    ", Place.MYSQL);
    line("    port: " + draft.ports().mysql());
    if (draft.ports().admin() != Draft.Ports.DEFAULT_ADMIN) {
      line("    adminPort: " + draft.ports().admin());
    }
    comment("    ", "storage: choose it before you apply this, for it cannot be changed later.");
    line("    storage: {hostPath: /var/lib/mysql-mmm}");
  }

  private void agent() {
    line("  agent:");
    remarks("    ", Place.AGENT);
    line("    port: " + draft.ports().agent());
  }

  private void monitor() {
    Draft.Monitoring monitoring = draft.monitoring();
    line("  monitor:" + (monitoring.isEmpty() ? " {}" : ""));
    remarks("    ", Place.MONITOR);
    monitoring
        .settings()
        .forEach((name, value) -> line("    " + name + ": " + YamlText.scalar(value)));
    if (!monitoring.pingIps().isEmpty()) {
      line("    pingIps: " + YamlText.list(monitoring.pingIps()));
    }
    if (!monitoring.checks().isEmpty()) {
      line("    checks:");
      monitoring
          .checks()
          .forEach((name, settings) -> line("      " + name + ": " + YamlText.map(settings)));
    }
  }

  private void remarks(String indent, Place place) {
    findings.remarks(place).forEach(remark -> comment(indent, remark.sentence(draft.name())));
  }

  private void comment(String indent, String sentence) {
    text.append(YamlText.comment(indent, sentence));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
