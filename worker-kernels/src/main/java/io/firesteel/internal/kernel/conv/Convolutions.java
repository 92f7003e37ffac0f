package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.LibraryRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Which convolution provider this process uses. Chosen once, on first use, and logged in one line.
 *
 * <p>The order is: oneDNN of the Maven artifact, if it loads and agrees with a plain loop; im2col and the BLAS. The
 * system property {@code firesteel.convolution} or the environment's {@code FIRESTEEL_CONVOLUTION} forces
 * {@code onednn} or {@code im2col} and then fails instead of falling back. For the shapes that gain from it,
 * {@link WinogradProvider Winograd} comes before either; {@code firesteel.winograd} or {@code FIRESTEEL_WINOGRAD}
 * forces it {@code on} or {@code off}.
 */
public final class Convolutions {
    private static final List<String> REFUSALS = new ArrayList<>();
    private static final Convolution.Provider DIRECT = choose(LibraryRequest.asked("convolution", "onednn", "im2col"));
    private static final Convolution.Provider CHOSEN =
            withWinograd(DIRECT, LibraryRequest.asked("winograd", "on", "off"));

    private Convolutions() {}

    public static Convolution.Provider provider() {
        return CHOSEN;
    }

    /** {@code onednn} or {@code im2col}, and {@code + winograd} if that is on. */
    public static String name() {
        return CHOSEN.name();
    }

    public static boolean isOneDnn() {
        return DIRECT == OneDnnConvolution.PROVIDER;
    }

    /** Why the providers before the chosen one were rejected, a line each. */
    public static List<String> refusals() {
        return List.copyOf(REFUSALS);
    }

    private static Convolution.Provider choose(String asked) {
        Convolution.Provider chosen = asked.equals("im2col") ? Im2colConvolution.PROVIDER : oneDnn();
        if (chosen == null && asked.equals("onednn"))
            throw new IllegalStateException(LibraryRequest.refused("convolution", asked, REFUSALS));
        return chosen == null ? Im2colConvolution.PROVIDER : chosen;
    }

    private static Convolution.Provider oneDnn() {
        try {
            ConvolutionCheck.run(OneDnnConvolution.PROVIDER);
            return OneDnnConvolution.PROVIDER;
        } catch (Exception | LinkageError e) {
            REFUSALS.add("onednn: " + LibraryRequest.reason(e));
            return null;
        }
    }

    /** Winograd's products use the BLAS: with the pure-Java BLAS, oneDNN alone is faster. */
    private static Convolution.Provider withWinograd(Convolution.Provider direct, String asked) {
        boolean pays = Blas.isNative() || direct == Im2colConvolution.PROVIDER;
        Convolution.Provider both = new WinogradProvider(direct), chosen = direct;
        if (asked.equals("on") || asked.equals("auto") && pays)
            try {
                ConvolutionCheck.run(both);
                chosen = both;
            } catch (IllegalStateException e) {
                REFUSALS.add("winograd: " + LibraryRequest.reason(e));
                if (asked.equals("on"))
                    throw new IllegalStateException(LibraryRequest.refused("winograd", asked, REFUSALS));
            }
        LibraryRequest.log("convolution", chosen.name(), REFUSALS);
        return chosen;
    }
}
