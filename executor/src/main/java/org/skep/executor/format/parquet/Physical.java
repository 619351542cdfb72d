package org.skep.executor.format.parquet;

import org.apache.parquet.format.Type;

/** Parquet's physical types. */
enum Physical {
    BOOLEAN(0),
    INT32(4),
    INT64(8),
    /** Twelve bytes: nanoseconds of the day, then the Julian day. */
    INT96(12),
    FLOAT(4),
    DOUBLE(8),
    BYTE_ARRAY(0),
    FIXED(0);

    private final int width;

    Physical(int width) {
        this.width = width;
    }

    /** Bytes of a PLAIN value; 0 when it varies or is said by the schema. */
    int width() {
        return width;
    }

    /** Whether decoded values are stretches of bytes. */
    boolean isBytes() {
        return this == BYTE_ARRAY || this == FIXED || this == INT96;
    }

    static Physical of(Type type) {
        return switch (type) {
            case BOOLEAN -> BOOLEAN;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case INT96 -> INT96;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case BYTE_ARRAY -> BYTE_ARRAY;
            case FIXED_LEN_BYTE_ARRAY -> FIXED;
        };
    }

    Type format() {
        return switch (this) {
            case BOOLEAN -> Type.BOOLEAN;
            case INT32 -> Type.INT32;
            case INT64 -> Type.INT64;
            case INT96 -> Type.INT96;
            case FLOAT -> Type.FLOAT;
            case DOUBLE -> Type.DOUBLE;
            case BYTE_ARRAY -> Type.BYTE_ARRAY;
            case FIXED -> Type.FIXED_LEN_BYTE_ARRAY;
        };
    }
}
