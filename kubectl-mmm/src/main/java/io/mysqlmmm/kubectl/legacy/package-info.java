/**
 * The configuration of an MMM installation in, a {@code MySQLMultiMaster} manifest out. It reads
 * the files that it is given and those they include, and nothing else: no cluster, no MySQL, no
 * host. Passwords are read past and never kept. What every MMM setting became is in
 * docs/mmm-migration.md.
 */
@NullMarked
package io.mysqlmmm.kubectl.legacy;

import org.jspecify.annotations.NullMarked;
