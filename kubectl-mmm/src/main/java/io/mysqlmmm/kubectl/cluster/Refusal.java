package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the sentence that matters to a person out of an API server's refusal. */
final class Refusal {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;

  private static final Pattern WEBHOOK =
      Pattern.compile("admission webhook \"[^\"]*\" denied the request: (.*)", Pattern.DOTALL);
  private static final Pattern POLICY =
      Pattern.compile(".*ValidatingAdmissionPolicy '.*' denied request: (.*)", Pattern.DOTALL);
  // How a CEL rule's or a schema's message is introduced: Invalid value: "object": MESSAGE
  private static final Pattern INVALID_VALUE =
      Pattern.compile("Invalid value: (?:\"(?:[^\"\\\\]|\\\\.)*\"|[^:]*): (.*)", Pattern.DOTALL);

  private Refusal() {}

  /**
   * @param body a Status object, or anything else when something else than Kubernetes answered
   */
  static ClusterException explain(int code, String body) {
    JsonNode status = parse(body);
    String message = status.path("message").asText("");
    Matcher denied = WEBHOOK.matcher(message);
    if (denied.matches()) {
      return new ClusterException(Kind.REJECTED, sentence(denied.group(1)));
    }
    Matcher policy = POLICY.matcher(message);
    if (policy.matches()) {
      return new ClusterException(Kind.REJECTED, sentence(policy.group(1)));
    }
    return switch (code) {
      case CONFLICT -> new ClusterException(Kind.CONFLICT, sentence(causes(status, message)));
      case BAD_REQUEST, INVALID ->
          new ClusterException(Kind.REJECTED, sentence(causes(status, message)));
      case UNAUTHORIZED ->
          new ClusterException(
              Kind.FORBIDDEN, "The API server does not accept the kubeconfig's credentials.");
      case FORBIDDEN -> new ClusterException(Kind.FORBIDDEN, sentence(orCode(message, code)));
      case NOT_FOUND -> new ClusterException(Kind.NOT_FOUND, notFound(status, message));
      default -> new ClusterException(Kind.SERVER, sentence(orCode(message, code)));
    };
  }

  private static JsonNode parse(String body) {
    try {
      return ApiServer.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The messages of all causes, each once; without causes the message as it is. */
  private static String causes(JsonNode status, String message) {
    Set<String> sentences = new LinkedHashSet<>();
    for (JsonNode cause : status.path("details").path("causes")) {
      String text = cause.path("message").asText("");
      Matcher invalid = INVALID_VALUE.matcher(text);
      String field = cause.path("field").asText("");
      boolean atRoot = invalid.matches() || field.isEmpty() || field.equals("<nil>");
      sentences.add(invalid.matches() ? invalid.group(1) : atRoot ? text : field + ": " + text);
    }
    // Kubernetes adds this when it could not check all rules: no news to a person.
    sentences.removeIf(sentence -> sentence.startsWith("some validation rules were not checked"));
    return sentences.isEmpty() ? message : String.join("; ", sentences);
  }

  private static String notFound(JsonNode status, String message) {
    String name = status.path("details").path("name").asText("");
    if (name.isEmpty()) {
      return "The cluster does not know MySQLMultiMaster: is the operator's chart installed?";
    }
    return sentence(message);
  }

  private static String orCode(String message, int code) {
    return message.isEmpty() ? "The API server answered with status " + code : message;
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
