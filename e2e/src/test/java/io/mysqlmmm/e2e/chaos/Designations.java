package io.mysqlmmm.e2e.chaos;

/**
 * How often the ledger gave the writer's place to another host during a run.
 *
 * @param first the writer at the beginning of the run
 * @param changes at most so many; each allows the acknowledging host to change once
 */
record Designations(String first, long changes) {}
