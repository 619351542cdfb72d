/** The seams: what one module asks of another across the picture, wired once by the engine. */
package org.skep.model.spi;
