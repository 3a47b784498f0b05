package io.mysqlmmm.kubectl.legacy;

/**
 * Something that the reader of the manifest has to know.
 *
 * @param warning whether it differs from what MMM did, or asks for something to be done: then it is
 *     said on the standard error as well
 * @param about the MMM settings, or another subject
 * @param text goes on after a colon; {@code {name}} stands for the resource's name
 */
record Remark(Place place, boolean warning, String about, String text) {
  String sentence(String resource) {
    return about + ": " + text.replace("{name}", resource);
  }
}
