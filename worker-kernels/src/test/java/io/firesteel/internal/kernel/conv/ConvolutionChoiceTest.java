package io.firesteel.internal.kernel.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Child;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each choice in a process of its own, since it is made once a process. */
class ConvolutionChoiceTest {
    @Test
    void winogradComesBeforeEitherProvider() throws Exception {
        assertReport("onednn + winograd, []", child());
        assertReport("im2col + winograd, []", child().property("firesteel.convolution", "im2col"));
        assertReport(
                "im2col + winograd, []",
                child().property("firesteel.convolution", "im2col").property("firesteel.blas", "java"));
    }

    @Test
    void winogradCanBeForcedByPropertyOrEnvironment() throws Exception {
        assertReport("onednn, []", child().property("firesteel.winograd", "off"));
        assertReport(
                "im2col, []",
                child().environment("FIRESTEEL_WINOGRAD", "off").environment("FIRESTEEL_CONVOLUTION", "im2col"));
        assertReport("onednn + winograd, []", child().property("firesteel.winograd", "on"));
    }

    @Test
    void withProductsOfJavaOneDnnWorksAloneUnlessForced() throws Exception {
        assertReport("onednn, []", child().property("firesteel.blas", "java"));
        assertReport(
                "onednn + winograd, []",
                child().property("firesteel.blas", "java").property("firesteel.winograd", "on"));
    }

    @Test
    void anUnknownWordIsRefused() throws Exception {
        assertReport(
                "refused: firesteel.winograd: found \"yes\", wanted auto or one of [on, off]",
                child().property("firesteel.winograd", "yes"));
    }

    private static Child child() {
        return new Child(ConvolutionReport.class);
    }

    private static void assertReport(String report, Child child) throws Exception {
        List<String> lines = child.lines();
        assertEquals(report, lines.get(lines.size() - 1), String.join("\n", lines));
    }
}
