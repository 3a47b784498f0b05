package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.kube.Storage.HostPath;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DataRemovalPodTest {
  @Test
  void seesOnlyTheDirectoryOfItsPair() {
    MySQLMultiMaster shop = Pairs.shop();
    HostPath path = (HostPath) Storage.of(shop);

    Pod pod =
        DataRemovalPod.render(
            shop, path, Objects.requireNonNull(shop.getSpec().hosts()).getFirst());

    assertThat(pod.getSpec().getNodeName()).isEqualTo("node1");
    assertThat(pod.getSpec().getVolumes())
        .singleElement()
        .satisfies(
            volume ->
                assertThat(volume.getHostPath().getPath())
                    .isEqualTo("/var/lib/mysql-mmm/default/shop"));
    assertThat(pod.getSpec().getContainers().getFirst().getCommand())
        .containsExactly("/bin/rm", "-rf", "--", "/pair/db1");
    Golden.assertSame("remove-data.yaml", Serialization.asYaml(pod));
  }
}
