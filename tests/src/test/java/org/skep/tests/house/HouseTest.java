package org.skep.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is large has its reason in {@link HouseReport}. */
class HouseTest {
    @Test
    void largeThingsHaveReasons() throws IOException {
        Path root = Path.of("..").toRealPath();
        List<HouseReport.Large> unexplained =
                HouseReport.of(root).stream().filter(large -> large.reason() == null).toList();
        assertEquals(List.of(), unexplained);
    }
}
