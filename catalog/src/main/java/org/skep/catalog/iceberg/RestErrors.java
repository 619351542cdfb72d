package org.skep.catalog.iceberg;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** What goes wrong between us and a REST catalog server. */
final class RestErrors {
    private RestErrors() {}

    /**
     * The error for a question that was not answered.
     *
     * @param what was asked, and could not be told
     */
    static QueryException failure(String what, RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        QueryException error =
                new QueryException(
                        ErrorCode.CATALOG_FAILURE,
                        "%s: %s".formatted(what, cause.getMessage()),
                        hint(e, cause));
        error.initCause(e);
        return error;
    }

    private static String hint(RuntimeException e, Throwable cause) {
        if (e instanceof NotAuthorizedException) {
            return "the REST catalog server wants to know who you are: token or credential say it";
        }
        if (e instanceof ForbiddenException) {
            return "the REST catalog server does not allow that to you";
        }
        if (isUnreachable(cause)) {
            return "is the REST catalog server running there?";
        }
        return cause instanceof IOException
                ? "the REST catalog server gave no answer: is it well?"
                : "that is what the REST catalog server answered; its log may say more";
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException;
    }

    /** Whether a request may have been carried out although there was no answer to it. */
    static boolean isOpen(RuntimeException e) {
        return e.getClass() == RESTException.class
                && e.getCause() instanceof IOException
                && !isUnreachable(e.getCause());
    }
}
