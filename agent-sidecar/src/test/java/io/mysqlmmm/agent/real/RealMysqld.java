package io.mysqlmmm.agent.real;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs tests only where a MySQL server is: below MMM_TEST_MYSQLD_ROOTFS, or in the lab's cache, and
 * as root.
 */
final class RealMysqld implements ExecutionCondition {
  static Path rootfs() {
    String configured = System.getenv("MMM_TEST_MYSQLD_ROOTFS");
    return configured == null
        ? Path.of(System.getProperty("user.home"), ".cache/mysql-mmm-lab/mysql-root")
        : Path.of(configured);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Path mysqld = rootfs().resolve("usr/sbin/mysqld");
    if (!Files.isExecutable(mysqld)) {
      return ConditionEvaluationResult.disabled(
          "no MySQL server at " + mysqld + ": run 'make lab-up', or set MMM_TEST_MYSQLD_ROOTFS");
    }
    return "root".equals(System.getProperty("user.name"))
        ? ConditionEvaluationResult.enabled("MySQL server at " + mysqld)
        : ConditionEvaluationResult.disabled("only root runs tests with a real MySQL server");
  }
}
