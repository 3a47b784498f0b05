package io.mysqlmmm.api.v1alpha1;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FieldReferenceIsFreshTest {

  @Test
  void docsHaveTheFieldsOfTheApiTypes() throws IOException {
    new CommittedFile("docs/reference/mysqlmultimaster.md")
        .mustBe(FieldReference.of(CrdSource.crd()));
  }
}
