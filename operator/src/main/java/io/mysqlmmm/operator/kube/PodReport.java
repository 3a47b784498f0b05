package io.mysqlmmm.operator.kube;

import io.mysqlmmm.operator.core.PodsSeen;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods of a pair at one look.
 *
 * @param problems why pods cannot start; one per host at most
 * @param ready hosts whose pod is ready: mysqld has its socket open
 * @param replaced hosts whose pod had never started and was deleted just now, so that the corrected
 *     template is used
 * @param pods each host's pod, and what it lacks of the spec
 */
public record PodReport(
    List<PodProblem> problems,
    Set<String> ready,
    Set<String> replaced,
    Map<String, PodsSeen.Pod> pods) {}
