package org.skep.model.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.model.type.Type;

/** STRUCT: one column per member, each as long as the struct's. */
public final class StructColumn extends Column {
    private final Column[] members;

    public StructColumn(Type type, Column[] members, int rows, long[] validity) {
        super(type, rows, validity);
        this.members = members;
    }

    public Column member(int index) {
        return members[index];
    }

    public int size() {
        return members.length;
    }

    @Override
    public StructColumn gather(int[] positions, int count) {
        Column[] out = new Column[members.length];
        Arrays.setAll(out, i -> members[i].gather(positions, count));
        return new StructColumn(type(), out, count, gatherValidity(positions, count));
    }

    @Override
    public StructColumn slice(int from, int count) {
        Column[] out = new Column[members.length];
        Arrays.setAll(out, i -> members[i].slice(from, count));
        return new StructColumn(type(), out, count, Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        List<Object> values = new ArrayList<>(members.length);
        for (Column member : members) {
            values.add(member.value(row));
        }
        return values;
    }

    @Override
    public long bytes() {
        long bytes = validityBytes();
        for (Column member : members) {
            bytes += member.bytes();
        }
        return bytes;
    }

    @Override
    public StructColumn as(Type other) {
        return new StructColumn(other, members, rows(), validity());
    }

    @Override
    public StructColumn withValidity(long[] other) {
        return new StructColumn(type(), members, rows(), Bits.and(validity(), other));
    }
}
