package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLSpec;
import io.mysqlmmm.operator.kube.Storage.HostPath;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A pod that runs once on a host's node and removes the host's data, and nothing else: it sees only
 * the directory of the pair. It uses the image that mysqld ran from, which is on the node already.
 */
final class DataRemovalPod {
  /** Instead of the pair's own label, so that budgets and Services do not count it. */
  static final String LABEL = "mysqlmmm.io/removes-data-of";

  private static final long DEADLINE_SECONDS = 60;

  private DataRemovalPod() {}

  static Pod render(MySQLMultiMaster resource, HostPath path, HostSpec host) {
    ObjectMeta meta = resource.getMetadata();
    String name = Objects.requireNonNullElse(host.name(), "");
    MySQLSpec mysql = resource.getSpec().mysql();
    String image = mysql == null ? null : mysql.image();
    return new PodBuilder()
        .withNewMetadata()
        .withName(Names.statefulSet(meta.getName(), name) + "-remove-data")
        .withNamespace(meta.getNamespace())
        .withLabels(
            new TreeMap<>(
                Map.of(
                    LABEL,
                    meta.getName(),
                    Names.APP_NAME,
                    Names.PRODUCT,
                    Names.APP_MANAGED_BY,
                    Names.OPERATOR)))
        .addNewOwnerReference()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        // Straight to the node: it is to run there even if the node is cordoned or full.
        .withNodeName(host.nodeName())
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(DEADLINE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(0L)
        .addNewToleration()
        .withOperator("Exists")
        .endToleration()
        .addNewContainer()
        .withName("remove-data")
        .withImage(Objects.requireNonNullElse(image, Blueprint.DEFAULT_IMAGE))
        .withImagePullPolicy("IfNotPresent")
        .withCommand("/bin/rm", "-rf", "--", "/pair/" + name)
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .withAdd("DAC_OVERRIDE", "FOWNER")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withNewResources()
        .addToRequests("memory", new Quantity("16Mi"))
        .endResources()
        .addNewVolumeMount()
        .withName("pair")
        .withMountPath("/pair")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("pair")
        .withNewHostPath()
        .withPath(path.ofPair(meta.getNamespace(), meta.getName()))
        .withType("DirectoryOrCreate")
        .endHostPath()
        .endVolume()
        .endSpec()
        .build();
  }
}
