package io.mysqlmmm.api.v1alpha1;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CrdIsFreshTest {

  @Test
  void chartHasTheCrdOfTheApiTypes() throws IOException {
    new CommittedFile("charts/mysql-mmm/files/mysqlmultimasters.mysqlmmm.io.yaml")
        .mustBe(CrdSource.yaml());
  }
}
