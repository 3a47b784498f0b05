package io.mysqlmmm.kubectl.legacy;

/** The part of the manifest that a remark stands above. */
enum Place {
  TOP,
  HOSTS,
  ROLES,
  NETWORK,
  MYSQL,
  AGENT,
  MONITOR
}
