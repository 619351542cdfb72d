package org.skep.cluster.standalone;

import java.util.List;

/**
 * What to start.
 *
 * @param cores that each worker gives to executors
 * @param megabytes of memory that each worker gives to executors
 * @param port of the master
 * @param webPort of the master's web page
 */
record ClusterOptions(int workers, int cores, long megabytes, int port, int webPort) {
    static final List<String> NAMES =
            List.of("--workers", "--cores", "--memory", "--port", "--web-port");

    private static final int MOST_WORKERS = 64;
    private static final int LEAST_MEGABYTES = 512;
    private static final long MEGABYTE = 1L << 20;

    /**
     * Reads the arguments behind {@code start}. Cores and memory that are not said are an even
     * share of the machine's, of the memory six tenths.
     *
     * @param machineCores cores of the machine
     * @param machineBytes memory of the machine
     */
    static ClusterOptions of(List<String> arguments, int machineCores, long machineBytes)
            throws ClusterException {
        int workers = 2;
        int cores = 0;
        long megabytes = 0;
        int port = 7077;
        int webPort = 8080;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new ClusterException(
                        "no option '%s'; there is %s".formatted(name, String.join(", ", NAMES)));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new ClusterException(name + " needs a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            switch (name) {
                case "--workers" -> workers = number(name, value, 1, MOST_WORKERS);
                case "--cores" -> cores = number(name, value, 1, 1024);
                case "--memory" -> megabytes = megabytes(name, value);
                case "--port" -> port = number(name, value, 1, 65535);
                default -> webPort = number(name, value, 1, 65535);
            }
        }
        long share = (long) (0.6 * machineBytes / MEGABYTE / workers);
        return new ClusterOptions(
                workers,
                cores > 0 ? cores : Math.max(1, machineCores / workers),
                megabytes > 0 ? megabytes : Math.max(LEAST_MEGABYTES, share),
                port,
                webPort);
    }

    private static int number(String name, String value, int least, int most)
            throws ClusterException {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ClusterException(
                    "%s takes a number from %d to %d, not '%s'".formatted(name, least, most, value),
                    e);
        }
        throw new ClusterException(
                "%s takes a number from %d to %d, not '%s'".formatted(name, least, most, value));
    }

    private static long megabytes(String name, String value) throws ClusterException {
        String digits = value.replaceFirst("(?i)(m|mb|g|gb)$", "");
        boolean giga =
                value.substring(digits.length()).toLowerCase(java.util.Locale.ROOT).startsWith("g");
        if (!digits.matches("[0-9]{1,7}")) {
            throw new ClusterException(
                    "%s takes a size such as 2g or 1500m, not '%s'".formatted(name, value));
        }
        long megabytes = Long.parseLong(digits) * (giga ? 1024 : 1);
        if (megabytes < LEAST_MEGABYTES) {
            throw new ClusterException(
                    "%s is at least %d MB, not %s".formatted(name, LEAST_MEGABYTES, value));
        }
        return megabytes;
    }
}
