package io.mysqlmmm.e2e.chaos;

/**
 * What a client saw of a register, through the writer's IP.
 *
 * @param value 0 when it had never been set
 */
record RegisterRead(int register, long value, String host, Span span) {}
