package io.mysqlmmm.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may know whom, and what is pure. */
class ArchitectureTest {
  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.mysqlmmm.operator");

  private static final String CORE = "io.mysqlmmm.operator.core..";
  private static final String OBSERVE = "io.mysqlmmm.operator.observe..";
  private static final String PKI = "io.mysqlmmm.operator.pki..";
  private static final String KUBE = "io.mysqlmmm.operator.kube..";
  private static final String LEAD = "io.mysqlmmm.operator.lead..";
  private static final String SUCCESSION = "io.mysqlmmm.operator.succession..";
  private static final String MONITOR = "io.mysqlmmm.operator.monitor..";
  private static final String RECONCILE = "io.mysqlmmm.operator.reconcile..";
  private static final String CONFIG = "io.mysqlmmm.operator.config..";
  private static final String MAIN = "io.mysqlmmm.operator";

  private static final String[] VALUES = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.runtime",
    "java.math",
    "java.time..",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "org.jspecify.annotations",
    "io.mysqlmmm.shared.agent..",
    "io.mysqlmmm.shared.gtid..",
    "io.mysqlmmm.shared.ledger.."
  };

  private static final DescribedPredicate<JavaAccess<?>> IS_IMPURE =
      target(
          "reads a clock or randomness, or knows of the process",
          "java.time.*[.](now|systemDefault.*|system|systemUTC)"
              + "|java.lang.(System[.](?!arraycopy|lineSeparator)|Thread|Process|Runtime).*"
              + "|java.util.(Random|SplittableRandom|Timer).*"
              + "|java.net.InetAddress.get(All)?ByName"
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
  void coreDependsOnValuesOnly() {
    classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat(resideInAPackage(CORE).or(resideInAnyPackage(VALUES)))
        .check(OPERATOR);
  }

  @Test
  void coreAndObserveArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE, OBSERVE)
        .should()
        .accessTargetWhere(IS_IMPURE)
        .check(OPERATOR);
  }

  @Test
  void observeTurnsTheApiIntoTheDomainAndDoesNothingElse() {
    classes()
        .that()
        .resideInAPackage(OBSERVE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    OBSERVE,
                    CORE,
                    "io.mysqlmmm.api..",
                    "io.fabric8.kubernetes.api.model..",
                    "java.net")
                .or(resideInAnyPackage(VALUES)))
        .check(OPERATOR);
  }

  @Test
  void certificatesAreMadeInOnePlaceThatKnowsNoOther() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PKI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(OPERATOR);
    noClasses()
        .that()
        .resideInAPackage(PKI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            MAIN, CORE, OBSERVE, KUBE, LEAD, SUCCESSION, MONITOR, RECONCILE, CONFIG, "io.fabric8..")
        .check(OPERATOR);
  }

  @Test
  void monitorKnowsNoKubernetesClient() {
    noClasses()
        .that()
        .resideInAPackage(MONITOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            MAIN,
            KUBE,
            LEAD,
            SUCCESSION,
            RECONCILE,
            PKI,
            "io.fabric8.kubernetes.client..",
            "io.javaoperatorsdk..")
        .check(OPERATOR);
  }

  @Test
  void objectsOfKubernetesKnowNoMonitor() {
    noClasses()
        .that()
        .resideInAPackage(KUBE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MAIN, LEAD, SUCCESSION, MONITOR, RECONCILE, "io.javaoperatorsdk..")
        .check(OPERATOR);
  }

  @Test
  void leadershipKnowsNoPairs() {
    noClasses()
        .that()
        .resideInAPackage(LEAD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            MAIN,
            CORE,
            OBSERVE,
            KUBE,
            SUCCESSION,
            MONITOR,
            RECONCILE,
            "io.mysqlmmm.api..",
            "io.javaoperatorsdk..")
        .check(OPERATOR);
  }

  @Test
  void successionKnowsPairsAsTheyAreKeptOnly() {
    noClasses()
        .that()
        .resideInAPackage(SUCCESSION)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MAIN, CORE, KUBE, MONITOR, RECONCILE, "io.javaoperatorsdk..")
        .check(OPERATOR);
  }

  @Test
  void onlyReconcilersKnowTheOperatorSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages(RECONCILE, MAIN)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.javaoperatorsdk..")
        .check(OPERATOR);
  }

  @Test
  void onlyMainReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CONFIG, MAIN)
        .should()
        .accessTargetWhere(IS_THE_ENVIRONMENT)
        .check(OPERATOR);
  }

  @Test
  void everythingSaidIsLogged() {
    noClasses().should().accessTargetWhere(IS_THE_CONSOLE).check(OPERATOR);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.mysqlmmm.operator.(*)..").should().beFreeOfCycles().check(OPERATOR);
  }
}
