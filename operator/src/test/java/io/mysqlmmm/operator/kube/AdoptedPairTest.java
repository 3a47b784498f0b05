package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is rendered for a pair that begins with a data set which was made elsewhere. */
class AdoptedPairTest {
  private final MySQLMultiMaster shop =
      Pairs.resource(Pairs.SHOP.replace("network:", "adopt: {host: db1}\n  network:"));

  private List<HasMetadata> render(MySQLMultiMaster resource, Optional<String> writer) {
    return Manifests.render(
        new Blueprint(resource, Pairs.topology(resource), Pairs.SETTINGS, writer));
  }

  private Map<String, String> config(MySQLMultiMaster resource, Optional<String> writer) {
    return ((ConfigMap) render(resource, writer).getFirst()).getData();
  }

  private List<String> scripts(String host) {
    return render(shop, Optional.empty()).stream()
        .filter(StatefulSet.class::isInstance)
        .map(StatefulSet.class::cast)
        .filter(set -> set.getMetadata().getName().equals("shop-" + host))
        .flatMap(set -> set.getSpec().getTemplate().getSpec().getVolumes().stream())
        .filter(volume -> volume.getName().equals(HostPod.SCRIPTS))
        .flatMap(volume -> volume.getConfigMap().getItems().stream())
        .map(KeyToPath::getPath)
        .toList();
  }

  @Test
  void itsHostWaitsForTheDataSetUntilThereIsAWriter() {
    assertThat(config(shop, Optional.empty())).containsEntry("origin", "adopt");
    assertThat(config(shop, Optional.of("db2"))).containsEntry("origin", "make");
    assertThat(scripts("db1")).contains("launch.sh", "origin");
    assertThat(scripts("db2")).contains("launch.sh").doesNotContain("origin");
  }

  /** Else each adopted pair would get new pods as soon as it has a writer. */
  @Test
  void aPodIsNotOutdatedByTheFirstWriter() {
    List<HasMetadata> before = render(shop, Optional.empty());
    List<HasMetadata> after = render(shop, Optional.of("db1"));

    assertThat(templates(after)).isEqualTo(templates(before)).isNotEmpty();
  }

  private static List<Object> templates(List<HasMetadata> objects) {
    return objects.stream()
        .filter(StatefulSet.class::isInstance)
        .<Object>map(set -> ((StatefulSet) set).getSpec().getTemplate())
        .toList();
  }

  @Test
  void everyAgentKnowsWhoseDataSetItIs() throws IOException {
    for (String host : List.of("db1", "db2", "db3")) {
      JsonNode agent =
          Json.mapper().readTree(config(shop, Optional.empty()).get("agent.json." + host));

      assertThat(agent.get("adoptedHost").asText()).isEqualTo("db1");
    }
  }

  @Test
  void settingsThatWerePersistedInTheDataSetAreNotLoaded() {
    String line = "persisted_globals_load=OFF\n";

    assertThat(MyCnf.render(Pairs.topology(shop), host(shop), Map.of())).contains(line);
    assertThat(MyCnf.render(Pairs.topology(Pairs.shop()), host(Pairs.shop()), Map.of()))
        .doesNotContain("persisted_globals_load");
  }

  private static io.mysqlmmm.operator.core.Topology.Host host(MySQLMultiMaster resource) {
    return Pairs.topology(resource).host("db1");
  }

  @Test
  void otherPairsAreRenderedAsBefore() {
    Map<String, String> config = config(Pairs.shop(), Optional.empty());

    assertThat(config).doesNotContainKey("origin");
    assertThat(config.get("agent.json.db1")).doesNotContain("adoptedHost");
  }
}
