package io.mysqlmmm.operator.kube;

/**
 * Why a host's pod cannot start, or does not run as it should.
 *
 * @param host name of the host
 * @param reason CamelCase: Kubernetes' own where it has one (ImagePullBackOff, Unschedulable)
 * @param sentence what is wrong, the field to correct, and what to do
 */
public record PodProblem(String host, String reason, String sentence) {}
