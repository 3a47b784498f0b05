package io.mysqlmmm.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.mysqlmmm.agent");

  private static void onlyIn(String owner, String... used) {
    noClasses()
        .that()
        .resideOutsideOfPackage(owner)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .check(AGENT);
  }

  @Test
  void eachTechniqueHasOnePlace() {
    onlyIn("io.mysqlmmm.agent.posix..", "java.lang.foreign..");
    onlyIn("io.mysqlmmm.agent.mysql..", "com.mysql..");
    onlyIn("io.mysqlmmm.agent.server..", "com.sun.net.httpserver..", "javax.net.ssl..");
  }

  @Test
  void partsKnowOnlyWhatTheyStandOn() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.mysqlmmm.agent.standing..",
            "io.mysqlmmm.agent.process..",
            "io.mysqlmmm.agent.mysql..",
            "io.mysqlmmm.agent.network..",
            "io.mysqlmmm.agent.vip..",
            "io.mysqlmmm.agent.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.mysqlmmm.agent.orders..", "io.mysqlmmm.agent.server..")
        .check(AGENT);
    noClasses()
        .that()
        .resideInAnyPackage("io.mysqlmmm.agent.wire..", "io.mysqlmmm.agent.vip..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.mysqlmmm.agent.mysql..", "io.mysqlmmm.agent.standing..")
        .check(AGENT);
  }
}
