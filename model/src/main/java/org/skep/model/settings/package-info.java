/** What a session can change with SET. */
package org.skep.model.settings;
