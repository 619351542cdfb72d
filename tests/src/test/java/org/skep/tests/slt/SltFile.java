package org.skep.tests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A test file: comments and blocks, as written, so that it can be written again. */
final class SltFile {
    private static final String DASHES = "----";

    private final Path path;
    private final List<Object> parts; // a String is a line that belongs to no block
    private final boolean once;

    private SltFile(Path path, List<Object> parts, boolean once) {
        this.path = path;
        this.parts = parts;
        this.once = once;
    }

    static SltFile read(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        List<Object> parts = new ArrayList<>();
        boolean once = false;
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at).strip();
            if (line.isEmpty() || line.startsWith("#") || line.equals("run once")) {
                once |= line.equals("run once");
                parts.add(lines.get(at++));
                continue;
            }
            int start = at;
            while (at < lines.size() && !lines.get(at).isBlank()) {
                at++;
            }
            parts.add(block(path, start + 1, lines.subList(start, at)));
        }
        return new SltFile(path, parts, once);
    }

    private static Block block(Path path, int line, List<String> lines) {
        boolean let = lines.get(0).startsWith("let ");
        List<String> words = List.of(lines.get(0).strip().split("\\s+", let ? 0 : 4));
        int dashes = lines.indexOf(DASHES);
        int end = dashes < 0 ? lines.size() : dashes;
        String sql = String.join("\n", lines.subList(1, end));
        List<String> expected = dashes < 0 ? List.of() : lines.subList(dashes + 1, lines.size());
        String head = words.get(0) + (words.size() > 1 ? " " + words.get(1) : "");
        if (head.equals("statement ok")) {
            return new Block(line, Block.Kind.OK, List.of(), sql, expected);
        }
        if (head.equals("statement error")) {
            List<String> rest = words.subList(2, words.size());
            return new Block(line, Block.Kind.ERROR, rest, sql, expected);
        }
        if (words.get(0).equals("query")) {
            List<String> rest = words.subList(1, words.size());
            return new Block(line, Block.Kind.QUERY, rest, sql, expected);
        }
        if (let) {
            List<String> rest = words.subList(1, words.size());
            return new Block(line, Block.Kind.LET, rest, sql, expected);
        }
        throw new IllegalArgumentException(
                "%s:%d: a block begins with 'statement ok', 'statement error', 'query' or 'let', not '%s'"
                        .formatted(path, line, lines.get(0)));
    }

    Path path() {
        return path;
    }

    /** Whether only the first configuration runs this file. */
    boolean once() {
        return once;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Block block) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /** Writes the file again, each block as {@code change} gives it. */
    void rewrite(Function<Block, Block> change) throws IOException {
        StringBuilder out = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Block block) {
                write(change.apply(block), out);
            } else {
                out.append(part).append('\n');
            }
        }
        Files.writeString(path, out);
    }

    private static void write(Block block, StringBuilder out) {
        String kind =
                switch (block.kind()) {
                    case OK -> "statement ok";
                    case ERROR -> "statement error";
                    case QUERY -> "query";
                    case LET -> "let";
                };
        out.append(kind);
        block.words().forEach(word -> out.append(' ').append(word));
        out.append('\n').append(block.sql()).append('\n');
        if (block.kind() == Block.Kind.QUERY) {
            out.append(DASHES).append('\n');
            block.expected().forEach(row -> out.append(row).append('\n'));
        }
    }
}
