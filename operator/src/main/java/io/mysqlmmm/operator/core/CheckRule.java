package io.mysqlmmm.operator.core;

import java.time.Duration;

/**
 * How one check is done (MMM Config.pm: check_period, trap_period, timeout, max_backlog).
 *
 * @param period pause between two looks
 * @param trap for how long it must be bad before it counts as failed
 * @param timeout how long an answer may take before it counts as none
 */
public record CheckRule(Duration period, Duration trap, Duration timeout) {}
