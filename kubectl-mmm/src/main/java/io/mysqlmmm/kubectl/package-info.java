/**
 * {@code kubectl mmm}: mmm_control for a {@code MySQLMultiMaster}. It writes intent to the resource
 * and reads its status; it never talks to MySQL or an agent. One class pair for each verb: {@code
 * XCommand} is its command line, {@code X} what it does.
 */
@NullMarked
package io.mysqlmmm.kubectl;

import org.jspecify.annotations.NullMarked;
