package io.mysqlmmm.e2e.chaos;

/** What the clients work on at present: the history to write in, and the run's first key. */
record Sheet(History history, int firstKey) {}
