package io.firesteel.internal.kernel.conv;

/** The main of a child process: which convolution it got, or why it was refused. */
final class ConvolutionReport {
    private ConvolutionReport() {}

    public static void main(String[] args) {
        try {
            System.out.println(Convolutions.name() + ", " + Convolutions.refusals());
        } catch (ExceptionInInitializerError e) {
            System.out.println("refused: " + e.getCause().getMessage());
        }
    }
}
