package io.mysqlmmm.operator.observe;

import io.fabric8.kubernetes.api.model.Quantity;
import io.mysqlmmm.api.v1alpha1.AgentSpec;
import io.mysqlmmm.api.v1alpha1.BackupSpec;
import io.mysqlmmm.api.v1alpha1.CloneSpec;
import io.mysqlmmm.api.v1alpha1.DatabaseSpec;
import io.mysqlmmm.api.v1alpha1.MySQLSpec;
import io.mysqlmmm.api.v1alpha1.StorageSpec;
import io.mysqlmmm.operator.core.Topology.Agent;
import io.mysqlmmm.operator.core.Topology.CloneLimits;
import io.mysqlmmm.operator.core.Topology.Database;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.MySql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads spec.mysql and spec.agent. */
final class MySqlReader {
  static final int DEFAULT_PORT = 3306;
  static final int DEFAULT_ADMIN_PORT = 33062;
  private static final int MAX_PORT = 65_535;

  /** mysqld's own bound. */
  private static final int MAX_MIB = 1_048_576;

  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_$-]{1,64}");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.$-]{1,32}");
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._@+-]+)+/?");
  private static final Set<String> SYSTEM_SCHEMAS =
      Set.of("mysql", "sys", "information_schema", "performance_schema", "mysql_mmm");
  private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");

  private final String cluster;
  private final Problems problems;

  MySqlReader(String cluster, Problems problems) {
    this.cluster = cluster;
    this.problems = problems;
  }

  MySql readMySql(@Nullable MySQLSpec spec) {
    if (spec == null) {
      return new MySql(DEFAULT_PORT, DEFAULT_ADMIN_PORT, List.of());
    }
    String image = spec.image();
    if (image != null && (image.isBlank() || image.chars().anyMatch(Character::isWhitespace))) {
      problems.add(
          "spec.mysql.image",
          "InvalidImage",
          "\"%s\" is no image reference: give one such as docker.io/library/mysql:8.4"
              .formatted(image));
    }
    String policy = spec.imagePullPolicy();
    if (policy != null && !PULL_POLICIES.contains(policy)) {
      problems.add(
          "spec.mysql.imagePullPolicy",
          "UnknownValue",
          "\"%s\" is unknown: use Always, IfNotPresent or Never".formatted(policy));
    }
    new TreeMap<>(Objects.requireNonNullElse(spec.config(), Map.<String, String>of()))
        .forEach(
            (name, value) ->
                MysqlSettings.refusal(name, value)
                    .ifPresent(why -> problems.add("spec.mysql.config", "RefusedSetting", why)));
    checkStorage(spec.storage());
    checkBackup(spec.backup());
    List<Database> databases = readDatabases(spec);
    return new MySql(
        port("spec.mysql.port", spec.port(), DEFAULT_PORT),
        port("spec.mysql.adminPort", spec.adminPort(), DEFAULT_ADMIN_PORT),
        databases,
        cloneLimits(spec.cloneLimits()));
  }

  private CloneLimits cloneLimits(@Nullable CloneSpec spec) {
    return spec == null
        ? CloneLimits.NONE
        : new CloneLimits(
            limit("maxDataBandwidth", spec.maxDataBandwidth()),
            limit("maxNetworkBandwidth", spec.maxNetworkBandwidth()));
  }

  private int limit(String name, @Nullable Integer mib) {
    int limit = Objects.requireNonNullElse(mib, 0);
    if (limit < 0 || limit > MAX_MIB) {
      problems.add(
          "spec.mysql.clone." + name,
          "OutOfBounds",
          "%d MiB/s is out of bounds: give 0, for no limit, to %d".formatted(limit, MAX_MIB));
    }
    return limit;
  }

  Agent readAgent(@Nullable AgentSpec spec, MySql mysql) {
    Integer wanted = spec == null ? null : spec.port();
    int port = port("spec.agent.port", wanted, SpecReader.DEFAULT_AGENT_PORT);
    int[] all = {mysql.port(), mysql.adminPort(), port};
    if (Arrays.stream(all).distinct().count() != all.length) {
      problems.add(
          "spec.mysql.port",
          "DuplicatePort",
          ("mysql.port %d, mysql.adminPort %d and agent.port %d must differ, because all three"
                  + " listen on the node")
              .formatted(mysql.port(), mysql.adminPort(), port));
    }
    return new Agent(port);
  }

  private int port(String field, @Nullable Integer wanted, int absent) {
    int port = Objects.requireNonNullElse(wanted, absent);
    if (port < 1 || port > MAX_PORT) {
      problems.add(
          field, "InvalidPort", "%d is no port: use one from 1 to %d".formatted(port, MAX_PORT));
    }
    return port;
  }

  private void checkStorage(@Nullable StorageSpec storage) {
    if (storage == null) {
      return;
    }
    String path = storage.hostPath();
    if (path != null && storage.size() != null) {
      problems.add(
          "spec.mysql.storage",
          "AmbiguousStorage",
          "storage has both hostPath and size: keep hostPath for a directory on the node, or size"
              + " for a volume claim");
    }
    if (path != null && !isPlain(path)) {
      problems.add(
          "spec.mysql.storage.hostPath",
          "InvalidPath",
          ("\"%s\" is no plain absolute path: give a directory below /, without . and .., such as"
                  + " /var/lib/mysql-mmm")
              .formatted(path));
    }
    if (storage.size() != null && !isPositive(storage.size())) {
      problems.add(
          "spec.mysql.storage.size",
          "InvalidQuantity",
          "\"%s\" is no quantity above zero: write it like 100Gi".formatted(storage.size()));
    }
  }

  /** Their mysqld sees the node's directories, and no claim. */
  void checkExternal(List<Host> hosts, @Nullable MySQLSpec spec) {
    for (Host host : hosts) {
      if (!host.external() || spec == null) {
        continue;
      }
      if (spec.storage() != null && spec.storage().size() != null) {
        problems.add(
            "spec.hosts",
            "ExternalWithClaim",
            "host \"%s\" is external and keeps its data on its node, not in a claim: remove mysql.storage.size, or external"
                .formatted(host.name()));
      }
      if (spec.backup() != null && spec.backup().claimName() != null) {
        problems.add(
            "spec.hosts",
            "ExternalWithClaim",
            "host \"%s\" is external, and its mysqld cannot write backups to a claim: use mysql.backup.hostPath"
                .formatted(host.name()));
      }
    }
  }

  private void checkBackup(@Nullable BackupSpec backup) {
    if (backup == null) {
      return;
    }
    if ((backup.hostPath() == null) == (backup.claimName() == null)) {
      problems.add(
          "spec.mysql.backup",
          "AmbiguousStorage",
          "backup has to have either hostPath, for a directory on each node, or claimName, for a"
              + " volume claim that all hosts can mount");
    }
    if (backup.hostPath() != null && !isPlain(backup.hostPath())) {
      problems.add(
          "spec.mysql.backup.hostPath",
          "InvalidPath",
          ("\"%s\" is no plain absolute path: give a directory below /, without . and .., such as"
                  + " /var/backups/mysql-mmm")
              .formatted(backup.hostPath()));
    }
    if (backup.claimName() != null && !SUBDOMAIN.matcher(backup.claimName()).matches()) {
      problems.add(
          "spec.mysql.backup.claimName",
          "InvalidName",
          "\"%s\" is no name of a PersistentVolumeClaim".formatted(backup.claimName()));
    }
  }

  private static boolean isPlain(String path) {
    return PATH.matcher(path).matches()
        && Arrays.stream(path.split("/", -1)).noneMatch(p -> p.equals(".") || p.equals(".."));
  }

  private static boolean isPositive(String quantity) {
    try {
      return new Quantity(quantity).getNumericalAmount().compareTo(BigDecimal.ZERO) > 0;
    } catch (IllegalArgumentException | ArithmeticException notAQuantity) {
      return false;
    }
  }

  private List<Database> readDatabases(MySQLSpec spec) {
    List<DatabaseSpec> specs = Objects.requireNonNullElse(spec.databases(), List.of());
    List<Database> databases = new ArrayList<>();
    Map<String, Database> byName = new HashMap<>();
    Map<String, String> secretOfUser = new HashMap<>();
    String own = Objects.requireNonNullElse(spec.credentialsSecret(), cluster + "-mysql");
    for (int i = 0; i < specs.size(); i++) {
      String field = "spec.mysql.databases[" + i + "]";
      Database database = readDatabase(field, specs.get(i));
      databases.add(database);
      if (byName.putIfAbsent(database.name(), database) != null) {
        problems.add(
            field + ".name",
            "DuplicateName",
            "database \"%s\" is listed more than once: list it once".formatted(database.name()));
      }
      String other = secretOfUser.putIfAbsent(database.user(), database.secret());
      if (other != null && !other.equals(database.secret())) {
        problems.add(
            field + ".secret",
            "DuplicateUser",
            "user \"%s\" has the secrets \"%s\" and \"%s\": use one secret, or another user"
                .formatted(database.user(), other, database.secret()));
      }
      if (database.secret().equals(own) || database.secret().startsWith(cluster + "-tls-")) {
        problems.add(
            field + ".secret",
            "ReservedSecret",
            "Secret \"%s\" of database \"%s\" is the pair's own: give the database another"
                .formatted(database.secret(), database.name()));
      }
    }
    return databases;
  }

  private Database readDatabase(String field, DatabaseSpec spec) {
    String name = Objects.requireNonNullElse(spec.name(), "");
    String user = Objects.requireNonNullElse(spec.user(), name);
    String secret = Objects.requireNonNullElse(spec.secret(), name + "-app");
    if (!DATABASE.matcher(name).matches()
        || SYSTEM_SCHEMAS.contains(name.toLowerCase(Locale.ROOT))) {
      problems.add(
          field + ".name",
          "InvalidName",
          ("database name \"%s\" is not allowed: use 1 to 64 letters, digits, _, $ and -, and no"
                  + " schema of MySQL's own")
              .formatted(name));
    }
    String lower = user.toLowerCase(Locale.ROOT);
    if (!USER.matcher(user).matches()
        || lower.equals("root")
        || lower.startsWith("mysql.")
        || lower.startsWith("mmm_")) {
      problems.add(
          field + ".user",
          "InvalidName",
          ("user \"%s\" of database \"%s\" is not allowed: use 1 to 32 letters, digits, _, ., $ and"
                  + " -, not root, mysql.* or mmm_*")
              .formatted(user, name));
    }
    if (!SUBDOMAIN.matcher(secret).matches()) {
      problems.add(
          field + ".secret",
          "InvalidName",
          ("\"%s\" of database \"%s\" is no name of a Secret: use lower-case letters, digits,"
                  + " dashes and dots")
              .formatted(secret, name));
    }
    return new Database(name, user, secret);
  }
}
