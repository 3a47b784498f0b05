package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an API server with the CRD admits. Dry runs in a namespace of its own, which no operator
 * watches; one pair is really created there, so that updates can be tried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdmissionContract {

  private static final ResourceDefinitionContext PAIRS =
      new ResourceDefinitionContext.Builder()
          .withGroup("mysqlmmm.io")
          .withVersion("v1alpha1")
          .withKind("MySQLMultiMaster")
          .withPlural("mysqlmultimasters")
          .withNamespaced(true)
          .build();

  private KubernetesClient client;
  private String namespace;

  /** A client of a cluster that has the CRD; called once, closed here. */
  abstract KubernetesClient connect();

  @BeforeAll
  void createPair() {
    client = connect();
    namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("mmm-admission-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    pair(AdmissionCase.sample()).create();
    pair(AdmissionCase.sampleOnClaims()).create();
  }

  @AfterAll
  void deleteNamespace() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWithOneSentence(AdmissionCase bad) {
    assertRefused(bad, () -> pair(renamed(bad)).dryRun().create());
  }

  static Stream<AdmissionCase> refusesWithOneSentence() {
    return AdmissionCase.in("refused.yaml");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesSettingsThatSafetyRestsOn(AdmissionCase bad) {
    assertRefused(bad, () -> pair(renamed(bad)).dryRun().create());
  }

  static Stream<AdmissionCase> refusesSettingsThatSafetyRestsOn() {
    return AdmissionCase.refusedSettings();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void accepts(AdmissionCase good) {
    assertThatCode(() -> pair(renamed(good)).dryRun().create()).doesNotThrowAnyException();
  }

  static Stream<AdmissionCase> accepts() {
    return AdmissionCase.in("accepted.yaml");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void judgesAnUpdateOfAPairThatExists(AdmissionCase update) {
    judge(update, AdmissionCase.sample());
  }

  static Stream<AdmissionCase> judgesAnUpdateOfAPairThatExists() {
    return AdmissionCase.in("updates.yaml");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void judgesAnUpdateOfAPairOnClaims(AdmissionCase update) {
    judge(update, AdmissionCase.sampleOnClaims());
  }

  static Stream<AdmissionCase> judgesAnUpdateOfAPairOnClaims() {
    return AdmissionCase.in("updates-on-claims.yaml");
  }

  private void judge(AdmissionCase update, JsonNode manifest) {
    PatchContext jsonPatch = PatchContext.of(PatchType.JSON);
    Resource<GenericKubernetesResource> present = pair(manifest);

    if (update.isRefused()) {
      assertRefused(update, () -> present.dryRun().patch(jsonPatch, update.patch().toString()));
    } else {
      assertThatCode(() -> present.dryRun().patch(jsonPatch, update.patch().toString()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void fillsInEveryDefaultOfTheLeastManifest() {
    AdmissionCase least =
        AdmissionCase.in("accepted.yaml")
            .filter(c -> c.name().equals("the least that one can write"))
            .findFirst()
            .orElseThrow();

    JsonNode spec =
        client
            .getKubernetesSerialization()
            .convertValue(pair(renamed(least)).dryRun().create(), JsonNode.class)
            .get("spec");

    assertThat(spec.at("/mode").asText()).isEqualTo("Active");
    assertThat(spec.at("/durability").asText()).isEqualTo("Lossless");
    assertThat(spec.at("/activeMasterRole").asText()).isEqualTo("writer");
    assertThat(spec.at("/deletionPolicy").asText()).isEqualTo("Retain");
    assertThat(spec.at("/hosts/0/mode").asText()).isEqualTo("Master");
    assertThat(spec.at("/network")).isEmpty();
    assertThat(spec.at("/mysql"))
        .hasToString(
            """
            {"adminPort":33062,"image":"docker.io/library/mysql:8.4",\
            "imagePullPolicy":"IfNotPresent","port":3306}""");
    assertThat(spec.at("/agent")).hasToString("{\"port\":9989}");
    assertThat(spec.at("/monitor"))
        .hasToString(
            """
            {"autoSetOnline":"0s","checks":{},"flapCount":3,"flapDuration":"60m",\
            "heartbeat":"200ms","leaseTtl":"3s","maxLag":"5s","moveTimeout":"10s",\
            "waitForOtherMaster":"120s"}""");
  }

  private static void assertRefused(AdmissionCase bad, Runnable request) {
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, request::run);

    assertThat(refusal).as("accepted: %s", bad.name()).isNotNull();
    List<StatusCause> causes =
        refusal.getStatus().getDetails().getCauses().stream()
            .filter(cause -> !isRemainder(cause))
            .toList();
    assertThat(causes).as(refusal.getMessage()).hasSize(1);
    assertThat(causes.getFirst().getField()).isEqualTo(bad.field());
    assertThat(causes.getFirst().getMessage()).endsWith(bad.says());
  }

  /** What the API server adds when a missing field keeps it from checking the rules. */
  private static boolean isRemainder(StatusCause cause) {
    return cause.getMessage().contains("some validation rules were not checked");
  }

  /** Under a name of its own, unless the case is about the name. */
  private static JsonNode renamed(AdmissionCase given) {
    JsonNode manifest = given.manifest();
    if (manifest.at("/metadata/name").asText().equals("shop")
        && manifest.get("metadata") instanceof ObjectNode metadata) {
      metadata.put("name", "dry-run");
    }
    return manifest;
  }

  private Resource<GenericKubernetesResource> pair(JsonNode manifest) {
    GenericKubernetesResource resource =
        client.getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class);
    resource.getMetadata().setNamespace(namespace);
    return client.genericKubernetesResources(PAIRS).resource(resource);
  }
}
