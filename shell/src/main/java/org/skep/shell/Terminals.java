package org.skep.shell;

/**
 * Which standard streams are a terminal. The launcher knows and says so by the system property
 * {@code skep.terminals}, a list such as {@code in,err}; without a launcher, all or none are, as
 * the JVM says.
 */
record Terminals(boolean in, boolean out, boolean err) {
    static Terminals detect() {
        String said = System.getProperty("skep.terminals");
        if (said == null) {
            boolean all = System.console() != null;
            return new Terminals(all, all, all);
        }
        return new Terminals(said.contains("in"), said.contains("out"), said.contains("err"));
    }
}
