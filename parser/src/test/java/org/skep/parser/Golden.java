package org.skep.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of cases: what is given, a line of dashes, what is expected; equals signs between. */
final class Golden {
    static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    private static final String MARK = "\n----\n";
    private static final String NEXT = "\n====\n";

    private final Path file;
    private final List<Case> cases = new ArrayList<>();

    record Case(String given, String expected) {}

    private Golden(Path file) {
        this.file = file;
    }

    static Golden read(String name) {
        Golden golden = new Golden(Path.of("src/test/resources", name));
        try {
            String text = Files.readString(golden.file).stripTrailing();
            for (String part : text.split(NEXT)) {
                int mark = part.indexOf(MARK);
                String given = mark < 0 ? part : part.substring(0, mark);
                String expected = mark < 0 ? "" : part.substring(mark + MARK.length());
                golden.cases.add(new Case(given, expected.stripTrailing()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return golden;
    }

    List<Case> cases() {
        return List.copyOf(cases);
    }

    void answer(Case one, String actual) throws IOException {
        cases.set(cases.indexOf(one), new Case(one.given(), actual));
        List<String> parts = cases.stream().map(c -> c.given() + MARK + c.expected()).toList();
        Files.writeString(file, String.join(NEXT, parts) + "\n");
    }
}
