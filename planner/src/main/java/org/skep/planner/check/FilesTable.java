package org.skep.planner.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.schema.impl.AbstractTable;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.parser.CalciteTypes;

/** Files as a Calcite table: the columns, then the pseudo-columns that a star leaves out. */
public final class FilesTable extends AbstractTable {
    private final FileTable files;
    private final String name;

    FilesTable(FileTable files, String name) {
        this.files = files;
        this.name = name;
    }

    public FileTable files() {
        return files;
    }

    /** As EXPLAIN shows it. */
    public String name() {
        return name;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        List<RelDataTypeField> fields = new ArrayList<>();
        List<Field> all = files.scanSchema().fields();
        for (int i = 0; i < all.size(); i++) {
            Field field = all.get(i);
            RelDataType type = CalciteTypes.toCalcite(field.type(), field.nullable(), factory);
            fields.add(
                    i < files.schema().size()
                            ? new RelDataTypeFieldImpl(field.name(), i, type)
                            : new PseudoField(field.name(), i, type));
        }
        return new RelRecordType(fields);
    }

    /** A column that is there when named and that {@code *} passes over. */
    static final class PseudoField extends RelDataTypeFieldImpl {
        private static final long serialVersionUID = 1L;

        PseudoField(String name, int index, RelDataType type) {
            super(name, index, type);
        }
    }
}
