package org.skep.shell.command;

/** Names as patterns of JDBC's metadata. */
final class Patterns {
    private Patterns() {}

    /** The pattern that fits this name alone. */
    static String exactly(String name) {
        return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
