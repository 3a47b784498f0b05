package io.mysqlmmm.operator.kube;

import java.util.Optional;

/**
 * What the installation decides for every pair.
 *
 * @param agentImage image of the agent when the resource names none
 * @param agentPullPolicy when the agent's image is pulled
 * @param operatorNamespace where the Secret of the certificate authority lives
 * @param priorityClass PriorityClass of the pods; empty: the cluster's default
 */
public record KubeSettings(
    String agentImage,
    String agentPullPolicy,
    String operatorNamespace,
    Optional<String> priorityClass) {}
