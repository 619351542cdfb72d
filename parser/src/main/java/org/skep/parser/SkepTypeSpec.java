package org.skep.parser;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.skep.model.type.Type;

/** One of our types where Calcite's syntax wants the name of one, as in CAST. */
public final class SkepTypeSpec extends SqlTypeNameSpec {
    private final Type type;

    private SkepTypeSpec(Type type, SqlParserPos position) {
        super(new SqlIdentifier(type.toString(), position), position);
        this.type = type;
    }

    /** The type as an operand of CAST and TRY_CAST. */
    public static SqlDataTypeSpec of(Type type, SqlParserPos position) {
        return new SqlDataTypeSpec(new SkepTypeSpec(type, position), position);
    }

    public Type type() {
        return type;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        // Nullability is the operand's affair: SqlDataTypeSpec and CAST set it.
        return CalciteTypes.toCalcite(type, false, validator.getTypeFactory());
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.print(type.toString()); // not keyword(), which would change the case of field names
        writer.setNeedWhitespace(true);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        return other instanceof SkepTypeSpec that && that.type.equals(type)
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, other);
    }
}
