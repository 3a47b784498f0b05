package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.Order.Setting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MyCnfChangeTest {
  private final Topology topology = Pairs.topology(Pairs.shop());

  private String myCnf(Map<String, String> config) {
    return MyCnf.render(topology, topology.host("db1"), config);
  }

  @Test
  void tellsWhatIsNewOtherAndGone() {
    String before = myCnf(Map.of("max_connections", "100", "sort_buffer_size", "1M"));
    String after = myCnf(Map.of("Max-Connections", "200", "init_connect", "SET @a = '#\"\\'"));

    assertThat(MyCnfChange.between(before, after))
        .containsExactly(
            new Setting("init_connect", Optional.of("SET @a = '#\"\\'")),
            new Setting("max_connections", Optional.of("200")),
            new Setting("sort_buffer_size", Optional.empty()));
  }

  @Test
  void whatOnlyLooksOtherIsTheSame() {
    assertThat(
            MyCnfChange.between(
                myCnf(Map.of("max-connections", "100")), myCnf(Map.of("max_connections", "100"))))
        .isEmpty();
  }

  @Test
  void aSettingOfTheOperatorsOwnComesBackWhenTheUsersIsGone() {
    String name = "binlog_expire_logs_seconds";

    assertThat(MyCnfChange.between(myCnf(Map.of(name, "60")), myCnf(Map.of())))
        .containsExactly(new Setting(name, Optional.of("604800")));
  }
}
