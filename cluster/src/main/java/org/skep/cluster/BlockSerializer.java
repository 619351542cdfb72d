package org.skep.cluster;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Blocks in Spark's shuffle files: the partition, the length, the bytes. A record's bytes do not
 * depend on those before it, so Spark sorts and moves them undecoded.
 */
final class BlockSerializer extends Serializer implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportsRelocationOfSerializedObjects() {
        return true;
    }

    @Override
    public SerializerInstance newInstance() {
        return new Streams();
    }

    private static final class Streams extends SerializerInstance {
        @Override
        public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
            throw new UnsupportedOperationException("blocks are written to streams");
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            throw new UnsupportedOperationException("blocks are read from streams");
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            return deserialize(bytes, tag);
        }

        @Override
        public SerializationStream serializeStream(OutputStream out) {
            return new Out(new DataOutputStream(out));
        }

        @Override
        public DeserializationStream deserializeStream(InputStream in) {
            return new In(new DataInputStream(in));
        }
    }

    private static final class Out extends SerializationStream {
        private final DataOutputStream out;

        Out(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public <T> SerializationStream writeObject(T value, ClassTag<T> tag) {
            try {
                if (value instanceof Integer partition) {
                    out.writeInt(partition);
                } else {
                    byte[] bytes = (byte[]) value;
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class In extends DeserializationStream {
        private final DataInputStream in;

        In(DataInputStream in) {
            this.in = in;
        }

        /** Spark takes an EOFException here for the end. */
        @Override
        @SuppressWarnings("unchecked") // keys are partitions
        public <T> T readKey(ClassTag<T> tag) {
            try {
                return (T) (Integer) in.readInt();
            } catch (IOException e) {
                throw BlockSerializer.<RuntimeException>unchecked(e);
            }
        }

        @Override
        @SuppressWarnings("unchecked") // values are blocks
        public <T> T readValue(ClassTag<T> tag) {
            try {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                return (T) bytes;
            } catch (IOException e) {
                throw BlockSerializer.<RuntimeException>unchecked(e);
            }
        }

        @Override
        public <T> T readObject(ClassTag<T> tag) {
            throw new UnsupportedOperationException("blocks are read as key and value");
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The exception as it is: Scala does not declare what it throws, and Spark looks at its type.
     */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception thrown) throws E {
        throw (E) thrown;
    }
}
