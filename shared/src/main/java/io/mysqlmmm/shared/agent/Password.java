package io.mysqlmmm.shared.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A password; never prints itself. */
public record Password(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Password {}

  @Override
  public String toString() {
    return "***";
  }
}
