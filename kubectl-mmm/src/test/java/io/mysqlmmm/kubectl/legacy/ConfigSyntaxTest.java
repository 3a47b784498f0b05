package io.mysqlmmm.kubectl.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The syntax of MMM's files. */
class ConfigSyntaxTest {
  @TempDir private Path directory = Path.of("");

  private Installation installation() {
    return new Installation(directory);
  }

  @Test
  void passesOverCommentsBlankLinesAndIndents() {
    String common =
        Installation.COMMON
            .replace("  ip 10.77.0.11", "# ip 1.2.3.4\n\n\t ip\t  10.77.0.11  ")
            .replace("<host db1>", "  < host   db1 >")
            .replaceFirst("</host>", "\t</ host >\r");

    assertThat(
            Installation.resource(installation().imported(common, Installation.MONITOR))
                .at("/spec/hosts/0/address")
                .asText())
        .isEqualTo("10.77.0.11");
  }

  @Test
  void splitsListsAtCommas() {
    String common = Installation.COMMON.replace("db1, db2, db3", "db1,db2 ,, db3,");

    assertThat(
            Installation.resource(installation().imported(common, Installation.MONITOR))
                .at("/spec/roles/1/hosts")
                .toString())
        .isEqualTo("[\"db1\",\"db2\",\"db3\"]");
  }

  @Test
  void includesFilesRelativeToTheIncludingOneAndReadsEachOnce() throws IOException {
    Files.createDirectory(directory.resolve("etc"));
    installation().write("etc/hosts.conf", Installation.COMMON);
    installation().write("etc/mmm_common.conf", "include hosts.conf\ninclude mmm_common.conf\n");
    installation().write("mmm_mon.conf", "include etc/mmm_common.conf\n<monitor>\n</monitor>\n");

    assertThat(
            Installation.resource(
                    installation().read("etc/mmm_common.conf", "mmm_mon.conf", "etc/hosts.conf"))
                .at("/spec/hosts"))
        .hasSize(3);
  }

  @Test
  void includesWithinASection() {
    installation().write("peer.conf", "peer db2\n");

    assertThat(
            Installation.resource(
                    installation()
                        .imported(
                            Installation.COMMON.replace("peer db2", "include peer.conf"),
                            Installation.MONITOR))
                .at("/spec/hosts/0/peer")
                .asText())
        .isEqualTo("db2");
  }

  @Test
  void fillsHostsFromTheirTemplateWhereverItStands() {
    String common =
        Installation.COMMON.replace("mode slave", "mode slave\ncluster_interface eth7")
            + "<host default>\ncluster_interface eth7\nagent_port 9990\n</host>\n";
    String monitor =
        Installation.MONITOR + "<host default>\nagent_port 9991\nmysql_port 3307\n</host>\n";

    Imported imported = installation().imported(common, monitor);

    assertThat(Installation.resource(imported).at("/spec/network/interface").asText())
        .isEqualTo("eth7");
    assertThat(Installation.resource(imported).at("/spec/agent/port").asInt()).isEqualTo(9991);
    assertThat(Installation.resource(imported).at("/spec/mysql/port").asInt()).isEqualTo(3307);
    assertThat(Installation.resource(imported).at("/spec/hosts")).hasSize(3);
    assertThat(Installation.manifest(imported).warnings())
        .anyMatch(warning -> warning.startsWith("agent_port: set twice, at "));
  }

  @Test
  void readsCommentsOfAnyEncoding() throws IOException {
    installation().imported(Installation.COMMON, Installation.MONITOR);
    Path monitor = directory.resolve("mmm_mon.conf");
    Files.write(monitor, new byte[] {'#', ' ', (byte) 0xfc, '\n'});

    assertThat(Installation.resource(installation().read("mmm_common.conf", "mmm_mon.conf")))
        .isNotEmpty();
  }

  @Test
  void warnsOfFilesThatEverybodyCanRead() throws IOException {
    installation().imported(Installation.COMMON, Installation.MONITOR);
    Path common = directory.resolve("mmm_common.conf");
    Files.setPosixFilePermissions(common, PosixFilePermissions.fromString("rw-r--r--"));

    Imported.Manifest manifest =
        Installation.manifest(installation().read("mmm_common.conf", "mmm_mon.conf"));

    assertThat(manifest.warnings())
        .contains(
            common
                + ": everybody on this machine can read or write this file. MMM refused such a file,"
                + " because passwords stand in it: chmod o= "
                + common);
  }

  @Test
  void saysWhichFileIsNotThere() {
    Installation installation = installation();
    installation.write("mmm_mon.conf", "\ninclude mmm_comon.conf\n");

    assertThat(installation.errors(installation.read("absent.conf", "mmm_mon.conf")))
        .containsExactly(
            "absent.conf: there is no file absent.conf: name the files of the MMM installation,"
                + " with their directory",
            "mmm_mon.conf:2: there is no file mmm_comon.conf: name the files of the MMM"
                + " installation, with their directory");
  }

  @Test
  void saysThatADirectoryIsNoFile() throws IOException {
    Installation installation = installation();
    Files.createDirectory(directory.resolve("mysql-mmm"));

    assertThat(installation.errors(installation.read("mysql-mmm")))
        .containsExactly("mysql-mmm: mysql-mmm cannot be read: Is a directory");
  }

  @ParameterizedTest
  @MethodSource
  void namesFileLineAndRemedy(String text, String error) {
    Installation installation = installation();

    assertThat(installation.errors(installation.imported(text, "")))
        .containsExactly("mmm_common.conf:" + error);
  }

  static Stream<Arguments> namesFileLineAndRemedy() {
    String spelling = ": correct its name, or remove the line if MMM 2.2 did not know it";
    return Stream.of(
        argumentSet(
            "unknown setting",
            "\n<monitor>\npingips 1.2.3.4\n</monitor>",
            "3: <monitor> has no setting 'pingips'" + spelling),
        argumentSet(
            "a setting of another section",
            "<host db1>\nips 1.2.3.4\n</host>",
            "2: <host> has no setting 'ips'" + spelling),
        argumentSet(
            "a setting outside its section",
            "peer db1",
            "1: the part outside all sections has no setting 'peer'" + spelling),
        argumentSet(
            "unknown section",
            "<hosts db1>\nany thing\n</hosts>",
            "1: <hosts> is no section of MMM: use monitor, host, role, check, socket or"
                + " copy_method"),
        argumentSet(
            "section without its name",
            "<host>\nip 1.2.3.4\n</host>",
            "1: <host> needs a name: write <host NAME>"),
        argumentSet(
            "section with a name too many",
            "<monitor main>\n</monitor>",
            "1: <monitor> has no name: write <monitor>"),
        argumentSet(
            "section that is not ended",
            "<host db1>\nip 1.2.3.4",
            "1: <host> is never ended: add </host>"),
        argumentSet(
            "section in a section",
            "<host db1>\n<role writer>\n</role>",
            "2: <role> begins inside <host> of line 1: end that first with </host>"),
        argumentSet(
            "end without a beginning",
            "</host>",
            "1: </host> ends a section that never began: remove it"),
        argumentSet(
            "a name without a value",
            "<monitor>\nmode\n</monitor>",
            "2: 'mode' is neither a section nor a setting with a value: give it one, or remove the"
                + " line"));
  }

  @Test
  void saysThatTheWrongSectionIsEnded() {
    Installation installation = installation();

    assertThat(installation.errors(installation.imported("<host db1>\n</role>", "")).getFirst())
        .matches("mmm_common.conf:2: </role> cannot end <host> of .*mmm_common.conf:1");
  }
}
