package io.firesteel.internal.kernel;

/** The main of a child process: which BLAS it got and whether it multiplies right, or why it was refused. */
final class BlasReport {
    private BlasReport() {}

    public static void main(String[] args) {
        for (int again = 0; again < 2; again++) { // whoever asks second hears the same
            try {
                String products = Products.compare();
                System.out.println(Blas.name() + ", native " + Blas.isNative() + ", threads " + Blas.threads()
                        + ", products " + products + ", concurrently " + GemmCheck.run(4, 2));
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
