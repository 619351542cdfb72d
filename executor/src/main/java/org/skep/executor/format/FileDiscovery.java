package org.skep.executor.format;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * Finds the files that paths name: a file, a folder with all below it, or a glob in which a star
 * stands for any name, two stars for any folders, braces for alternatives. Files and folders whose
 * names begin with a point or an underscore are left out unless they are named as such.
 */
final class FileDiscovery {
    private static final int MAX_FILES = 1_000_000;
    private static final int MAX_DEPTH = 100;
    private static final String WILD = "*?[{";

    private final SortedMap<String, BasicFileAttributes> found = new TreeMap<>();

    private FileDiscovery() {}

    /** The files, in the order of their paths, each once. */
    static SortedMap<String, BasicFileAttributes> find(List<String> paths) {
        FileDiscovery discovery = new FileDiscovery();
        for (String path : paths) {
            int before = discovery.found.size();
            boolean again = discovery.add(path);
            if (discovery.found.size() == before && !again) {
                throw discovery.nothing(path);
            }
        }
        return discovery.found;
    }

    /** Whether all paths are folders that are there and hold no file. */
    static boolean areEmptyFolders(List<String> paths) {
        FileDiscovery discovery = new FileDiscovery();
        for (String path : paths) {
            if (isGlob(path) || !Files.isDirectory(Path.of(withoutScheme(path)))) {
                return false;
            }
            discovery.add(path);
        }
        return discovery.found.isEmpty();
    }

    /** Adds what a path names; true if that was there already. */
    private boolean add(String path) {
        String plain = withoutScheme(path);
        try {
            Path literal = Path.of(plain).toAbsolutePath().normalize();
            if (Files.exists(literal)) {
                return addTree(literal, 0);
            }
        } catch (InvalidPathException e) {
            if (!isGlob(plain)) {
                throw notFound(path, null);
            }
        }
        if (!isGlob(plain)) {
            throw notFound(path, suggestion(plain));
        }
        boolean again = false;
        for (String pattern : alternatives(plain)) {
            again |= addGlob(pattern, path);
        }
        return again;
    }

    private static String withoutScheme(String path) {
        if (!path.startsWith("file:")) {
            if (path.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "cannot read '%s'".formatted(path),
                        "only files of this machine can be read: a path or file:/…");
            }
            return path;
        }
        String rest = path.substring("file:".length());
        if (rest.indexOf('%') >= 0) {
            try {
                return Path.of(URI.create(path)).toString();
            } catch (IllegalArgumentException notEncoded) {
                return stripped(rest); // a percent sign in the name itself
            }
        }
        return stripped(rest);
    }

    private static String stripped(String rest) {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        return path.startsWith("localhost/") ? path.substring("localhost".length()) : path;
    }

    private static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    /** A pattern without braces that hold a slash: each alternative is a pattern of its own. */
    private static List<String> alternatives(String pattern) {
        int open = pattern.indexOf('{');
        int close = open < 0 ? -1 : pattern.indexOf('}', open);
        if (close < 0) {
            return List.of(pattern);
        }
        List<String> all = new ArrayList<>();
        for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
            String one = pattern.substring(0, open) + choice + pattern.substring(close + 1);
            all.addAll(alternatives(one));
        }
        return all;
    }

    private boolean addGlob(String pattern, String asTyped) {
        String absolute =
                pattern.startsWith("/") ? pattern : Path.of("").toAbsolutePath() + "/" + pattern;
        List<String> segments = new ArrayList<>();
        for (String segment : absolute.split("/+")) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        try {
            return match(Path.of("/"), segments, 0, 0);
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'%s' is not a pattern for files".formatted(asTyped),
                    "a pattern is written like data/*.csv, data/**/part-?.csv or {a,b}.csv");
        }
    }

    private boolean match(Path folder, List<String> segments, int at, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        if (at == segments.size()) {
            return addTree(folder, 0);
        }
        String segment = segments.get(at);
        if (!isGlob(segment)) {
            Path next = folder.resolve(segment);
            return Files.exists(next) && match(next, segments, at + 1, depth + 1);
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        boolean again = false;
        if (segment.equals("**")) {
            again = at + 1 < segments.size() && match(folder, segments, at + 1, depth + 1);
            for (Path child : children(folder)) {
                boolean last = at + 1 == segments.size();
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    again |= match(child, segments, at, depth + 1);
                } else if (last) {
                    again |= addTree(child, 0);
                }
            }
            return again;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + segment);
        boolean wantsHidden = segment.startsWith(".") || segment.startsWith("_");
        for (Path child : wantsHidden ? allChildren(folder) : children(folder)) {
            if (matcher.matches(child.getFileName())) {
                again |= match(child, segments, at + 1, depth + 1);
            }
        }
        return again;
    }

    private boolean addTree(Path path, int depth) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            throw notReadable(path, e);
        }
        if (attributes.isDirectory()) {
            boolean again = false;
            if (depth < MAX_DEPTH) {
                for (Path child : children(path)) {
                    again |= addTree(child, depth + 1);
                }
            }
            return again;
        }
        if (!Files.isReadable(path)) {
            throw notReadable(path, null);
        }
        if (found.size() >= MAX_FILES) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than %d files".formatted(MAX_FILES),
                    "name fewer folders, or a pattern that leaves some out");
        }
        return found.put(path.toString(), attributes) != null;
    }

    private static List<Path> children(Path folder) {
        return allChildren(folder).stream().filter(child -> !isHidden(child)).toList();
    }

    /** Partition folders may begin with an underscore: the column's name does. */
    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_") && name.indexOf('=') < 0;
    }

    private static List<Path> allChildren(Path folder) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (IOException e) {
            throw notReadable(folder, e);
        } catch (DirectoryIteratorException e) {
            throw notReadable(folder, e.getCause());
        }
        return children;
    }

    private QueryException nothing(String path) {
        String plain = withoutScheme(path);
        if (isGlob(plain) && !Files.exists(Path.of(plain))) {
            return new QueryException(
                    ErrorCode.FILE_NOT_FOUND,
                    "no file matches '%s'".formatted(path),
                    "names that begin with . or _ are left out");
        }
        return new QueryException(
                ErrorCode.FILE_NOT_FOUND,
                "no files in '%s'".formatted(path),
                "names that begin with . or _ are left out");
    }

    private static QueryException notFound(String path, String hint) {
        return new QueryException(ErrorCode.FILE_NOT_FOUND, "no file '%s'".formatted(path), hint);
    }

    /** The existing name nearest to the first part of the path that does not exist. */
    private static String suggestion(String plain) {
        Path path = Path.of(plain).toAbsolutePath().normalize();
        Path missing = path;
        while (missing.getParent() != null && !Files.exists(missing.getParent())) {
            missing = missing.getParent();
        }
        Path folder = missing.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return null;
        }
        List<String> names =
                allChildren(folder).stream().map(c -> c.getFileName().toString()).toList();
        Optional<String> near = Suggestion.closest(missing.getFileName().toString(), names);
        return near.map(name -> "did you mean '%s'?".formatted(folder.resolve(name)))
                .orElse("the folder '%s' has no '%s'".formatted(folder, missing.getFileName()));
    }

    private static QueryException notReadable(Path path, IOException cause) {
        QueryException error =
                new QueryException(
                        ErrorCode.FILE_NOT_READABLE,
                        "no right to read '%s'".formatted(path),
                        "look at the rights of the file and of the folders above it");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
