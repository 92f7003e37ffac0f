package io.firesteel.train;

import io.firesteel.data.Header;
import io.firesteel.data.Scaling;
import io.firesteel.data.Source;
import io.firesteel.loss.Score;
import io.firesteel.model.Program;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A saved model at work on the rows of a source, in their order. One thread's. */
public final class Inference {
  private static final int ROWS = 64; // of one pass

  private final SavedModel saved;
  private final Program program;
  private final Scaling scaling;

  public Inference(SavedModel saved) {
    this.saved = saved;
    this.program = new Program(saved.model(), ROWS);
    this.scaling = new Scaling(saved.model());
  }

  /** Takes the predictions of one row. The arrays change with the next. */
  public interface Predictions {
    /**
     * @param row its number in the source, from 0
     * @param targets what the source says: a label, or values
     * @param outputs probabilities or values; those of this row start at {@code from}
     */
    void accept(long row, float[] targets, float[] outputs, int from) throws IOException;
  }

  /** The loss and hits of all rows. */
  public Score score(Source source) throws IOException {
    Score[] total = {Score.ZERO};
    passes(source, (first, rows) -> {
      program.evaluate(saved.params(), rows);
      total[0] = total[0].plus(new Score(program.lossSum(), program.hits(), rows));
    });
    return total[0];
  }

  /** Sends every row's prediction to the sink, in order. */
  public void predict(Source source, Predictions sink) throws IOException {
    int outputs = saved.model().outputs(), width = saved.model().targets();
    float[] targets = new float[width];
    passes(source, (first, rows) -> {
      float[] y = program.predict(saved.params(), rows);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(program.targets, r * width, targets, 0, width);
        sink.accept(first + r, targets, y, r * outputs);
      }
    });
  }

  private interface Passes {
    void run(long first, int rows) throws IOException;
  }

  private void passes(Source source, Passes pass) throws IOException {
    Header header = source.header();
    long[] read = {0};
    source.read(Training.classes(saved.model(), header), (number, cells) -> {
      int at = (int) (number % ROWS);
      scaling.apply(cells, at, program.x, header.shape().size());
      System.arraycopy(cells.targets, 0, program.targets, at * cells.targets.length, cells.targets.length);
      read[0] = number + 1;
      if (at == ROWS - 1) run(pass, number + 1 - ROWS, ROWS);
    });
    int rest = (int) (read[0] % ROWS);
    if (rest > 0) run(pass, read[0] - rest, rest);
  }

  private static void run(Passes pass, long first, int rows) {
    try {
      pass.run(first, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
