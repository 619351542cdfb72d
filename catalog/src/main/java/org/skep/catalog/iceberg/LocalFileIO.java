package org.skep.catalog.iceberg;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Iceberg's files on the local disk. What is written is forced to the disk when it is closed:
 * metadata that a pointer leads to must survive a loss of power as the pointer does.
 *
 * <p>Public with a plain constructor because Iceberg's own catalogs make one by its name.
 */
public final class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1L;

    /** The scheme of an address, which a drive's letter is not. */
    private static final Pattern ELSEWHERE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

    public LocalFileIO() {}

    private static File file(String location) {
        return new File(path(location));
    }

    /**
     * The path of a location.
     *
     * @throws QueryException NOT_SUPPORTED when it is elsewhere
     */
    static String path(String location) {
        if (location.startsWith("file:")) {
            return location.replaceFirst("^file:(//)?", "");
        }
        if (ELSEWHERE.matcher(location).lookingAt()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "'%s' is not on a local disk".formatted(location),
                    "only tables whose files are below a folder, or a file: address, can be used");
        }
        return location;
    }

    @Override
    public InputFile newInputFile(String location) {
        File file = file(location);
        if (!file.exists()) {
            throw new NotFoundException("no file '%s'", file);
        }
        return new LocalInput(location, org.apache.iceberg.Files.localInput(file));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, file(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(file(location).toPath());
        } catch (IOException e) {
            throw new RuntimeIOException(e, "cannot delete %s", location);
        }
    }

    /**
     * @param location as it was given: that is how metadata names the file
     */
    private record LocalInput(String location, InputFile file) implements InputFile {
        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return file.newStream();
        }

        @Override
        public boolean exists() {
            return file.exists();
        }
    }

    /**
     * @param location as it was given
     */
    private record LocalOutput(String location, File file) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            if (file.exists()) {
                throw new AlreadyExistsException("file '%s' already exists", file);
            }
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            try {
                Path folder = file.getAbsoluteFile().getParentFile().toPath();
                Files.createDirectories(folder);
                return new ForcedStream(new RandomAccessFile(file, "rw"));
            } catch (IOException e) {
                throw new RuntimeIOException(e, "cannot write %s", file);
            }
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInput(location, org.apache.iceberg.Files.localInput(file));
        }
    }

    /** Forces its bytes to the disk when it is closed. */
    private static final class ForcedStream extends PositionOutputStream {
        private final RandomAccessFile file;
        private long position;
        private boolean closed;

        ForcedStream(RandomAccessFile file) {
            this.file = file;
            try {
                file.setLength(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long getPos() { // asked for when it is closed, too
            return position;
        }

        @Override
        public void write(int octet) throws IOException {
            file.write(octet);
            position++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            file.write(bytes, start, length);
            position += length;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try {
                    file.getFD().sync();
                } finally {
                    file.close();
                }
            }
        }
    }
}
