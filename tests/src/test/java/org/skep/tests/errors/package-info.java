/**
 * What a user sees when something is wrong: {@code src/test/resources/errors/*.txt}, each a
 * statement, a line of dashes, and the error as the shell and JDBC render it. {@code
 * -Dgolden.rewrite=true} rewrites them; the diff is to be read as a user would.
 */
package org.skep.tests.errors;
