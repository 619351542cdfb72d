package org.skep.planner.check;

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

    /** Whether {@code _file} and {@code _line} are columns. */
    enum PseudoColumns {
        SHOWN,
        HIDDEN
    }

    FilesTable(FileTable files, PseudoColumns pseudoColumns) {
        this.files = files;
        this.pseudoColumns = pseudoColumns;
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
