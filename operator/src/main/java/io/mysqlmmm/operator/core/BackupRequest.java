package io.mysqlmmm.operator.core;

/**
 * spec.hosts[].backup.
 *
 * @param name of the directory
 * @param requestedAt tells it from others
 */
public record BackupRequest(String name, String requestedAt) {}
