package io.mysqlmmm.e2e.chaos;

import java.util.Set;

/** What a client saw of a list, through the writer's IP. */
record ListRead(int list, Set<Long> values, String host, Span span) {}
