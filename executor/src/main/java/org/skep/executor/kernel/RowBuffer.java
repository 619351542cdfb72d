package org.skep.executor.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Type;

/** Batches kept for later, and how much memory they take. */
public final class RowBuffer {
    private final List<Type> types;
    private final Set<Column> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
    private List<Batch> batches = new ArrayList<>();
    private long bytes;
    private long rows;

    public RowBuffer(List<Type> types) {
        this.types = types;
    }

    /** Keeps a batch, without what it shares and does not need; says how many bytes that takes. */
    public long add(Batch batch) {
        Batch kept = Copying.forKeeping(batch);
        long more = Copying.ownBytes(kept);
        for (int i = 0; i < kept.width(); i++) {
            if (kept.column(i) instanceof DictionaryColumn dictionary
                    && dictionaries.add(dictionary.dictionary())) {
                more += dictionary.dictionary().bytes();
            }
        }
        batches.add(kept);
        bytes += more;
        rows += kept.rows();
        return more;
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }

    public List<Batch> batches() {
        return batches;
    }

    /** All rows as one batch; the buffer is empty afterwards. */
    public Batch takeAll() {
        return takeAll(Pieces.ALONE);
    }

    /** The same, each column a piece of the work. */
    public Batch takeAll(Pieces pieces) {
        return Concat.batches(types, take(), pieces);
    }

    /** The batches; the buffer is empty afterwards. */
    public List<Batch> take() {
        List<Batch> taken = batches;
        batches = new ArrayList<>();
        dictionaries.clear();
        bytes = 0;
        rows = 0;
        return taken;
    }
}
