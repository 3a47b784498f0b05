package io.mysqlmmm.operator.monitor;

/**
 * Something that a person has to mend.
 *
 * @param reason CamelCase, for conditions and Events
 * @param sentence which field, what is wrong, what to do
 * @param ofSpec whether the spec itself is at fault
 */
public record Finding(String reason, String sentence, boolean ofSpec) {}
