package io.mysqlmmm.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static void assertRefusal(int code, String body, Kind kind, String sentence) {
    ClusterException refusal = Refusal.explain(code, body);

    assertThat(refusal.sentence()).isEqualTo(sentence);
    assertThat(refusal.kind()).isEqualTo(kind);
  }

  @Test
  void takesACelRulesMessageOutOfItsWrapping() {
    assertRefusal(
        422,
        """
        {"kind": "Status", "code": 422, "reason": "Invalid", "message":
         "MySQLMultiMaster.mysqlmmm.io \\"shop\\" is invalid: spec: Invalid value: \\"object\\": no",
         "details": {"name": "shop", "causes": [
          {"reason": "FieldValueInvalid", "field": "spec",
           "message": "Invalid value: \\"object\\": moveRole.host names no host: db9"},
          {"reason": "FieldValueInvalid", "field": "<nil>",
           "message": "some validation rules were not checked because the object was invalid"}]}}
        """,
        Kind.REJECTED,
        "moveRole.host names no host: db9.");
  }

  @Test
  void namesTheFieldOfASchemaError() {
    assertRefusal(
        422,
        """
        {"message": "long", "details": {"causes": [
         {"reason": "FieldValueRequired", "field": "spec.moveRole.host",
          "message": "Required value"}]}}
        """,
        Kind.REJECTED,
        "spec.moveRole.host: Required value.");
  }

  @Test
  void takesAnAdmissionHooksSentence() {
    assertRefusal(
        403,
        """
        {"message": "admission webhook \\"v.mysqlmmm.io\\" denied the request: db9 is no host."}
        """,
        Kind.REJECTED,
        "db9 is no host.");
  }

  @Test
  void keepsWhatTheApiServerForbids() {
    assertRefusal(
        403,
        """
        {"message": "mysqlmultimasters.mysqlmmm.io \\"shop\\" is forbidden: User \\"u\\" cannot patch"}
        """,
        Kind.FORBIDDEN,
        "mysqlmultimasters.mysqlmmm.io \"shop\" is forbidden: User \"u\" cannot patch.");
  }

  @Test
  void tellsAMissingResourceFromAMissingDefinition() {
    assertRefusal(
        404,
        """
        {"message": "mysqlmultimasters.mysqlmmm.io \\"x\\" not found", "details": {"name": "x"}}
        """,
        Kind.NOT_FOUND,
        "mysqlmultimasters.mysqlmmm.io \"x\" not found.");
    assertRefusal(
        404,
        "404 page not found",
        Kind.NOT_FOUND,
        "The cluster does not know MySQLMultiMaster: is the operator's chart installed?");
  }

  @Test
  void saysSomethingWhateverAnswered() {
    assertRefusal(
        401,
        "{\"message\": \"Unauthorized\"}",
        Kind.FORBIDDEN,
        "The API server does not accept the kubeconfig's credentials.");
    assertRefusal(
        502, "<html>Bad gateway</html>", Kind.SERVER, "The API server answered with status 502.");
  }

  @Test
  void tellsAConflictApart() {
    assertRefusal(
        409,
        "{\"message\": \"the object has been modified\"}",
        Kind.CONFLICT,
        "the object has been modified.");
  }
}
