package io.mysqlmmm.operator.kube;

import java.util.List;
import java.util.Set;

/**
 * The pods of a pair at one look.
 *
 * @param problems why pods cannot start; one per host at most
 * @param ready hosts whose pod is ready: mysqld has its socket open
 * @param outdated hosts whose running pod is of an older template than the resource asks for; it is
 *     brought up to date by deleting it, which is left to a person
 * @param replaced hosts whose pod had never started and was deleted just now, so that the corrected
 *     template is used
 */
public record PodReport(
    List<PodProblem> problems, Set<String> ready, Set<String> outdated, Set<String> replaced) {}
