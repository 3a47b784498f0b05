package io.mysqlmmm.operator.observe;

/**
 * Something the user has to put right.
 *
 * @param field path in the resource, for example {@code spec.hosts[0].nodeName}; empty when no
 *     field is to blame
 * @param reason CamelCase, fit for a condition's or an Event's reason
 * @param sentence what is wrong and what to do, one sentence for a person
 */
public record Problem(String field, String reason, String sentence) {

  @Override
  public String toString() {
    return field.isEmpty() ? sentence : field + ": " + sentence;
  }
}
