package org.skep.shell.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * SQL text and where it comes from.
 *
 * @param label the file's name as it was given, for messages; null for a text from the command line
 */
public record Script(String label, String text) {
    /** A script from the command line or the prompt. */
    public static Script typed(String text) {
        return new Script(null, text);
    }

    /**
     * @throws QueryException FILE_NOT_FOUND, FILE_NOT_READABLE
     */
    public static Script file(String name) {
        try {
            return new Script(name, Files.readString(Path.of(name)));
        } catch (NoSuchFileException e) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_FOUND, null, "no file '%s'".formatted(name), null);
        } catch (CharacterCodingException e) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_READABLE, null, name + " is not UTF-8 text", null);
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.FILE_NOT_READABLE,
                    null,
                    "cannot read %s: %s".formatted(name, e.getMessage()),
                    null);
        }
    }
}
