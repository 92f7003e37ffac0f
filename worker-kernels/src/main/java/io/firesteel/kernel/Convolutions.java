package io.firesteel.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Which convolution provider this process uses. Chosen once, when first asked for, and logged in one line.
 *
 * <p>The order is: oneDNN of the Maven artifact, where it loads and agrees with the plain loop; im2col and the BLAS. The system
 * property {@code firesteel.convolution} or the environment's {@code FIRESTEEL_CONVOLUTION} forces {@code onednn} or
 * {@code im2col} and then refuses instead of falling back.
 */
public final class Convolutions {
  private static final List<String> REFUSALS = new ArrayList<>();
  private static final Convolution.Provider CHOSEN = choose(Choice.asked("convolution", "onednn", "im2col"));

  private Convolutions() {}

  public static Convolution.Provider provider() { return CHOSEN; }

  /** {@code onednn} or {@code im2col}. */
  public static String name() {
    return CHOSEN.name();
  }

  static boolean isOneDnn() { return CHOSEN == OneDnnConvolution.PROVIDER; }

  /** Why the providers before the chosen one were passed over, a line each. */
  public static List<String> refusals() {
    return List.copyOf(REFUSALS);
  }

  private static Convolution.Provider choose(String asked) {
    Convolution.Provider chosen = asked.equals("im2col") ? Im2col.PROVIDER : oneDnn();
    if (chosen == null && asked.equals("onednn"))
      throw new IllegalStateException(Choice.refused("convolution", asked, REFUSALS));
    if (chosen == null) chosen = Im2col.PROVIDER;
    Choice.log("convolution", chosen.name(), REFUSALS);
    return chosen;
  }

  private static Convolution.Provider oneDnn() {
    try {
      ConvolutionCheck.run(OneDnnConvolution.PROVIDER);
      return OneDnnConvolution.PROVIDER;
    } catch (Exception | LinkageError e) {
      REFUSALS.add("onednn: " + Choice.reason(e));
      return null;
    }
  }
}
