/**
 * What has to be so before a data set that was made elsewhere is taken over. The rules are pure;
 * what they look at is asked of mysqld by {@code mysql}.
 */
@NullMarked
package io.mysqlmmm.agent.preflight;

import org.jspecify.annotations.NullMarked;
