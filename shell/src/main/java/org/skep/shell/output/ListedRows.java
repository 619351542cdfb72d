package org.skep.shell.output;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Rows that are there already, such as what a shell command lists. */
public final class ListedRows implements Rows {
    private final List<Heading> headings;
    private final Iterator<List<String>> rows;
    private List<String> row;

    public ListedRows(List<Heading> headings, List<List<String>> rows) {
        this.headings = headings;
        this.rows = rows.iterator();
    }

    /** Text columns of these names. */
    public static List<Heading> texts(String... names) {
        return Arrays.stream(names).map(name -> new Heading(name, Kind.TEXT)).toList();
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public boolean next() {
        row = rows.hasNext() ? rows.next() : null;
        return row != null;
    }

    @Override
    public String text(int column) {
        return row.get(column);
    }
}
