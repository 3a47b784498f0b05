package io.mysqlmmm.kubectl;

import java.io.PrintWriter;

/**
 * Where the plugin speaks.
 *
 * @param out answers
 * @param err errors and remarks
 */
record Console(PrintWriter out, PrintWriter err) {}
