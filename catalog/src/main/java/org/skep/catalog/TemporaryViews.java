package org.skep.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * The temporary views of one session. They are found by an unqualified name before anything in a
 * schema is, and vanish with the session. Used by one thread at a time.
 */
public final class TemporaryViews {
    private final TreeMap<String, ViewDefinition> views = new TreeMap<>();

    /**
     * @throws QueryException ALREADY_EXISTS
     */
    public void create(ViewDefinition view, Existing existing) {
        ViewDefinition old = views.get(key(view.name()));
        if (old == null || existing == Existing.REPLACE) {
            views.put(key(view.name()), view);
        } else if (existing == Existing.FAIL) {
            throw new QueryException(
                    ErrorCode.ALREADY_EXISTS,
                    "temporary view '%s' already exists".formatted(old.name()),
                    "write CREATE OR REPLACE TEMPORARY VIEW to replace it");
        }
    }

    /**
     * Forgets a view; whether there was one.
     *
     * @throws QueryException TABLE_NOT_FOUND
     */
    public boolean drop(String name, Missing missing) {
        boolean dropped = views.remove(key(name)) != null;
        if (!dropped && missing == Missing.FAIL) {
            throw new QueryException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "no temporary view '%s'".formatted(name),
                    Suggestion.hint(name, names()));
        }
        return dropped;
    }

    public Optional<ViewDefinition> find(String name) {
        return Optional.ofNullable(views.get(key(name)));
    }

    /** In the order of their names. */
    public List<ViewDefinition> list() {
        return List.copyOf(views.values());
    }

    public Collection<String> names() {
        return views.values().stream().map(ViewDefinition::name).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
