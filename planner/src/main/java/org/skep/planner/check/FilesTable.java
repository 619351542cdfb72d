package org.skep.planner.check;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.parser.CalciteTypes;

/** Files as a Calcite table: the columns, then the pseudo-columns if the query names one. */
public final class FilesTable extends AbstractTable {
    private final FileTable files;
    private final PseudoColumns pseudoColumns;
    private final List<RelationHint> hints;

    /** Whether {@code _file} and {@code _line} are columns. */
    enum PseudoColumns {
        SHOWN,
        HIDDEN
    }

    FilesTable(FileTable files, PseudoColumns pseudoColumns, List<RelationHint> hints) {
        this.files = files;
        this.pseudoColumns = pseudoColumns;
        this.hints = List.copyOf(hints);
    }

    /** The same files as if no hint named them. */
    public FilesTable withoutHints() {
        return new FilesTable(files, pseudoColumns, List.of());
    }

    /** Hints for the table, or for what is made of it and of other tables. */
    public List<RelationHint> hints() {
        return hints;
    }

    public FileTable files() {
        return files;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        boolean all = pseudoColumns == PseudoColumns.SHOWN;
        for (Field field : (all ? files.scanSchema() : files.schema()).fields()) {
            row.add(field.name(), CalciteTypes.toCalcite(field.type(), field.nullable(), factory));
        }
        return row.build();
    }
}
