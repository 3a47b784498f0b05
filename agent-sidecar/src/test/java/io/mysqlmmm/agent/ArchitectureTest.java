package io.mysqlmmm.agent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may know whom, and what is pure. */
class ArchitectureTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.mysqlmmm.agent");

  private static final String WIRE = "io.mysqlmmm.agent.wire..";
  private static final String POSIX = "io.mysqlmmm.agent.posix..";
  private static final String VIP = "io.mysqlmmm.agent.vip..";
  private static final String NETWORK = "io.mysqlmmm.agent.network..";
  private static final String MYSQL = "io.mysqlmmm.agent.mysql..";
  private static final String PROCESS = "io.mysqlmmm.agent.process..";
  private static final String STANDING = "io.mysqlmmm.agent.standing..";
  private static final String ORDERS = "io.mysqlmmm.agent.orders..";
  private static final String CONFIG = "io.mysqlmmm.agent.config..";
  private static final String SERVER = "io.mysqlmmm.agent.server..";

  private static final DescribedPredicate<JavaAccess<?>> IS_IMPURE =
      target(
          "reads a clock or randomness, or knows of the process",
          "java.time.*[.](now|systemDefault.*|system|systemUTC)"
              + "|java.lang.(System[.](?!arraycopy|lineSeparator)|Thread|Process|Runtime).*"
              + "|java.util.(Random|SplittableRandom|Timer).*"
              + "|.*[.](random|randomUUID|shuffle)");

  private static final DescribedPredicate<JavaAccess<?>> IS_THE_ENVIRONMENT =
      target("reads the environment, or ends the process", "java.lang.System.(getenv|exit)");

  private static final DescribedPredicate<JavaAccess<?>> IS_THE_CONSOLE =
      target("writes past the log", "java.lang.System.(out|err)|.*[.]printStackTrace");

  private static DescribedPredicate<JavaAccess<?>> target(String description, String pattern) {
    Pattern name = Pattern.compile(pattern);
    return describe(
        description,
        access ->
            name.matcher(access.getTargetOwner().getName() + "." + access.getName()).matches());
  }

  @Test
  void wireDependsOnValuesOnly() {
    classes()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            WIRE,
            "java.lang",
            "java.lang.annotation",
            "java.lang.runtime",
            "java.nio",
            "java.nio.charset",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(AGENT);
  }

  @Test
  void wireIsPure() {
    noClasses().that().resideInAPackage(WIRE).should().accessTargetWhere(IS_IMPURE).check(AGENT);
  }

  @Test
  void onlyPosixCallsTheKernel() {
    noClasses()
        .that()
        .resideOutsideOfPackage(POSIX)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(AGENT);
  }

  @Test
  void posixKnowsTheKernelOnly() {
    classes()
        .that()
        .resideInAPackage(POSIX)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(POSIX, "java..", "org.jspecify.annotations")
        .check(AGENT);
  }

  @Test
  void vipsRestOnFramesAndSystemCallsOnly() {
    classes()
        .that()
        .resideInAPackage(VIP)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            VIP,
            WIRE,
            POSIX,
            "io.mysqlmmm.shared.agent",
            "java..",
            "org.slf4j",
            "org.jspecify.annotations")
        .check(AGENT);
  }

  @Test
  void onlyNetworkHoldsVips() {
    noClasses()
        .that()
        .resideOutsideOfPackages(VIP, WIRE, NETWORK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(VIP, WIRE)
        .check(AGENT);
  }

  @Test
  void onlyMysqlSpeaksSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage(MYSQL)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.mysql..")
                .or(
                    resideInAPackage("java.sql..")
                        .and(DescribedPredicate.not(assignableTo(SQLException.class)))))
        .check(AGENT);
  }

  @Test
  void onlyServerServes() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.net.httpserver..", "javax.net..")
        .check(AGENT);
  }

  @Test
  void serverReachesTheHostByOrdersOnly() {
    noClasses()
        .that()
        .resideInAPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MYSQL, PROCESS, STANDING, VIP, WIRE, POSIX)
        .check(AGENT);
  }

  @Test
  void whatIsKeptKnowsNothingOfTheHost() {
    noClasses()
        .that()
        .resideInAPackage(STANDING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MYSQL, PROCESS, NETWORK, VIP, WIRE, POSIX, ORDERS, SERVER)
        .check(AGENT);
  }

  @Test
  void nothingBelowKnowsTheOrders() {
    noClasses()
        .that()
        .resideInAnyPackage(CONFIG, MYSQL, NETWORK, PROCESS, STANDING, VIP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ORDERS, SERVER)
        .check(AGENT);
  }

  @Test
  void onlyMainReadsTheEnvironment() {
    noClasses()
        .that()
        .doNotHaveSimpleName("AgentMain")
        .should()
        .accessTargetWhere(IS_THE_ENVIRONMENT)
        .check(AGENT);
  }

  @Test
  void everythingSaidIsLogged() {
    noClasses().should().accessTargetWhere(IS_THE_CONSOLE).check(AGENT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.mysqlmmm.agent.(*)..").should().beFreeOfCycles().check(AGENT);
  }
}
