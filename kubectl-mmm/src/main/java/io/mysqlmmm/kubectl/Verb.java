package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One verb of {@code kubectl mmm}. Command lines are described by picocli's model, not by its
 * annotations: reading annotations takes longer than all the rest of a verb but TLS
 * (docs/kubectl-mmm.md, "Speed").
 */
interface Verb {
  /** Its name, options and help. */
  CommandSpec spec();

  /** Does what the command line asks for. */
  ExitStatus run(ParseResult line) throws ClusterException, UsageException;
}
