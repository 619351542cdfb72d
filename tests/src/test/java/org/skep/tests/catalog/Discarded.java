package org.skep.tests.catalog;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;

/** An answer that nobody gets. */
final class Discarded extends HttpServletResponseWrapper {
    Discarded(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int status) {} // nor that

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {} // nothing is ever waited for

            @Override
            public void write(int octet) {} // gone
        };
    }
}
