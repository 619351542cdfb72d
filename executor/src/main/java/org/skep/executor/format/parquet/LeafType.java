package org.skep.executor.format.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/**
 * What the values of a leaf mean: our type, and how to come there from the physical one.
 *
 * <p>A TIME becomes an INTERVAL DAY TO SECOND since midnight, which keeps its order and its digits.
 * A Parquet INTERVAL has months, days and milliseconds that do not add up to one of our intervals:
 * it becomes a STRING as ISO 8601 has it. A UUID is a STRING, too.
 */
record LeafType(Type type, Step step) {
    /** From physical values to a column of {@code type}. */
    enum Step {
        BOOLEAN,
        INT,
        /** INT32 to longs. */
        INT_TO_LONG,
        UNSIGNED_8,
        UNSIGNED_16,
        UNSIGNED_32,
        LONG,
        UNSIGNED_64,
        DOUBLE,
        HALF_FLOAT,
        /** INT32 or INT64 to microseconds. */
        MILLIS,
        NANOS,
        INT96,
        BYTES,
        UUID,
        INTERVAL,
        DECIMAL_BYTES,
        NOTHING
    }

    static LeafType of(Node node) {
        SchemaElement element = node.element;
        LogicalType logical = element.getLogicalType();
        ConvertedType converted = element.getConverted_type();
        Physical physical = node.physical();
        if (logical != null && logical.isSetUNKNOWN()) {
            return new LeafType(Type.NULL, Step.NOTHING);
        }
        if (logical != null && logical.isSetDECIMAL()) {
            return decimal(
                    node, logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
        }
        if (converted == ConvertedType.DECIMAL) {
            return decimal(node, element.getPrecision(), element.getScale());
        }
        return switch (physical) {
            case BOOLEAN -> new LeafType(Type.BOOLEAN, Step.BOOLEAN);
            case INT32 -> int32(logical, converted);
            case INT64 -> int64(logical, converted);
            case INT96 -> new LeafType(Type.TIMESTAMP, Step.INT96);
            case FLOAT -> new LeafType(Type.FLOAT, Step.DOUBLE);
            case DOUBLE -> new LeafType(Type.DOUBLE, Step.DOUBLE);
            case BYTE_ARRAY -> new LeafType(text(logical, converted), Step.BYTES);
            case FIXED -> fixed(node, logical, converted);
        };
    }

    private static LeafType int32(LogicalType logical, ConvertedType converted) {
        if (logical != null && logical.isSetINTEGER()) {
            return int32(logical.getINTEGER().getBitWidth(), logical.getINTEGER().isIsSigned());
        }
        if (logical != null && logical.isSetDATE() || converted == ConvertedType.DATE) {
            return new LeafType(Type.DATE, Step.INT);
        }
        if (logical != null && logical.isSetTIME() || converted == ConvertedType.TIME_MILLIS) {
            return new LeafType(Type.INTERVAL_DAY, Step.MILLIS);
        }
        if (converted == null) {
            return new LeafType(Type.INTEGER, Step.INT);
        }
        return switch (converted) {
            case INT_8 -> int32(8, true);
            case INT_16 -> int32(16, true);
            case UINT_8 -> int32(8, false);
            case UINT_16 -> int32(16, false);
            case UINT_32 -> int32(32, false);
            default -> new LeafType(Type.INTEGER, Step.INT);
        };
    }

    private static LeafType int32(int bits, boolean signed) {
        if (signed) {
            return new LeafType(
                    bits == 8 ? Type.TINYINT : bits == 16 ? Type.SMALLINT : Type.INTEGER, Step.INT);
        }
        return switch (bits) {
            case 8 -> new LeafType(Type.SMALLINT, Step.UNSIGNED_8);
            case 16 -> new LeafType(Type.INTEGER, Step.UNSIGNED_16);
            default -> new LeafType(Type.BIGINT, Step.UNSIGNED_32);
        };
    }

    private static LeafType int64(LogicalType logical, ConvertedType converted) {
        if (logical != null && logical.isSetTIMESTAMP()) {
            return new LeafType(Type.TIMESTAMP, unit(logical.getTIMESTAMP().getUnit()));
        }
        if (logical != null && logical.isSetTIME()) {
            return new LeafType(Type.INTERVAL_DAY, unit(logical.getTIME().getUnit()));
        }
        boolean unsigned =
                logical != null && logical.isSetINTEGER()
                        ? !logical.getINTEGER().isIsSigned()
                        : converted == ConvertedType.UINT_64;
        if (unsigned) {
            return new LeafType(Type.decimal(20, 0), Step.UNSIGNED_64);
        }
        if (converted == null) {
            return new LeafType(Type.BIGINT, Step.LONG);
        }
        return switch (converted) {
            case TIMESTAMP_MILLIS -> new LeafType(Type.TIMESTAMP, Step.MILLIS);
            case TIMESTAMP_MICROS -> new LeafType(Type.TIMESTAMP, Step.LONG);
            case TIME_MICROS -> new LeafType(Type.INTERVAL_DAY, Step.LONG);
            default -> new LeafType(Type.BIGINT, Step.LONG);
        };
    }

    private static Step unit(TimeUnit unit) {
        return unit.isSetMILLIS() ? Step.MILLIS : unit.isSetNANOS() ? Step.NANOS : Step.LONG;
    }

    private static Type text(LogicalType logical, ConvertedType converted) {
        boolean text =
                logical != null
                                && (logical.isSetSTRING()
                                        || logical.isSetENUM()
                                        || logical.isSetJSON())
                        || converted == ConvertedType.UTF8
                        || converted == ConvertedType.ENUM
                        || converted == ConvertedType.JSON;
        return text ? Type.STRING : Type.BINARY;
    }

    private static LeafType fixed(Node node, LogicalType logical, ConvertedType converted) {
        if (logical != null && logical.isSetUUID() && node.width() == 16) {
            return new LeafType(Type.STRING, Step.UUID);
        }
        if (logical != null && logical.isSetFLOAT16() && node.width() == 2) {
            return new LeafType(Type.FLOAT, Step.HALF_FLOAT);
        }
        if (converted == ConvertedType.INTERVAL && node.width() == 12) {
            return new LeafType(Type.STRING, Step.INTERVAL);
        }
        return new LeafType(text(logical, converted), Step.BYTES);
    }

    private static LeafType decimal(Node node, int precision, int scale) {
        if (precision < 1 || precision > Type.MAX_PRECISION || scale < 0 || scale > precision) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "column %s is DECIMAL(%d,%d)".formatted(node.name(), precision, scale),
                    "decimals have up to 38 digits, and not more of them after the point");
        }
        Type type = Type.decimal(precision, scale);
        boolean narrow = type.layout() == Type.Layout.LONG;
        Step step =
                switch (node.physical()) {
                    case INT32 -> Step.INT_TO_LONG;
                    case INT64 -> Step.LONG;
                    case BYTE_ARRAY, FIXED -> Step.DECIMAL_BYTES;
                    case BOOLEAN, INT96, FLOAT, DOUBLE ->
                            throw new CorruptPageException(
                                    "decimal column %s of type %s"
                                            .formatted(node.name(), node.physical()));
                };
        if (!narrow && step != Step.DECIMAL_BYTES) {
            throw new CorruptPageException(
                    "column %s stores %s as %s".formatted(node.name(), type, node.physical()));
        }
        return new LeafType(type, step);
    }
}
