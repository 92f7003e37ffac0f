package io.firesteel.train;

import io.firesteel.data.Header;
import io.firesteel.data.Scaling;
import io.firesteel.data.Source;
import io.firesteel.loss.Score;
import io.firesteel.model.Program;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A saved model at work on the rows of a source, in their order: the calling thread reads and takes the answers, the cores of this
 * machine compute passes meanwhile. What is in memory does not grow with the source.
 */
public final class Inference {
  private static final int ROWS = 64; // of one pass

  private final SavedModel saved;
  private final Scaling scaling;
  private final int threads;

  public Inference(SavedModel saved) { this(saved, Runtime.getRuntime().availableProcessors()); }

  Inference(SavedModel saved, int threads) {
    this.saved = saved;
    this.scaling = new Scaling(saved.model());
    this.threads = threads;
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
    passes(source, (program, rows) -> {
      program.evaluate(saved.params(), rows);
      return null;
    }, pass -> total[0] = total[0].plus(new Score(pass.program.lossSum(), pass.program.hits(), pass.rows)));
    return total[0];
  }

  /** Sends every row's prediction to the sink, in order. */
  public void predict(Source source, Predictions sink) throws IOException {
    int outputs = saved.model().outputs(), width = saved.model().targets();
    float[] targets = new float[width];
    passes(source, (program, rows) -> program.predict(saved.params(), rows), pass -> {
      for (int r = 0; r < pass.rows; r++) {
        System.arraycopy(pass.program.targets, r * width, targets, 0, width);
        sink.accept(pass.first + r, targets, pass.outputs(), r * outputs);
      }
    });
  }

  /** Predictions [rows, outputs] of rows that are in memory: {@code raw} [rows, the model's input], pixels divided by 255. */
  public float[] predict(float[] raw) {
    int width = saved.model().input().size(), outputs = saved.model().outputs(), rows = raw.length / width;
    if (rows * width != raw.length)
      throw new SpecException(raw.length + " numbers, wanted rows of [" + saved.model().input() + "]");
    float[] all = new float[rows * outputs];
    Program program = new Program(saved.model(), Math.min(ROWS, rows));
    for (int from = 0; from < rows; from += ROWS) {
      int count = Math.min(ROWS, rows - from);
      scaling.apply(null, Arrays.copyOfRange(raw, from * width, (from + count) * width), 0, program.x);
      System.arraycopy(program.predict(saved.params(), count), 0, all, from * outputs, count * outputs);
    }
    return all;
  }

  /** Rows on their way through a program of their own. */
  private final class Pass {
    final Program program = new Program(saved.model(), ROWS);
    long first;
    int rows;
    Future<float[]> running;

    float[] outputs() throws IOException {
      try {
        return running.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        throw new IOException("interrupted at row " + first, e);
      }
    }
  }

  private interface Work {
    float[] run(Program program, int rows);
  }

  private interface Answers {
    void take(Pass pass) throws IOException;
  }

  private void passes(Source source, Work work, Answers answers) throws IOException {
    Header header = source.header();
    ExecutorService cores = Executors.newFixedThreadPool(threads);
    try {
      Line line = new Line(cores, work, answers);
      source.read(Training.classes(saved.model(), header), line::add);
      line.end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      cores.shutdownNow();
    }
  }

  /** The passes that run, in the order of their rows, and those that wait for rows. */
  private final class Line {
    private final ExecutorService cores;
    private final Work work;
    private final Answers answers;
    private final ArrayDeque<Pass> running = new ArrayDeque<>();
    private Pass next;

    Line(ExecutorService cores, Work work, Answers answers) {
      this.cores = cores;
      this.work = work;
      this.answers = answers;
    }

    void add(long row, byte[] pixels, float[] values, float[] targets) {
      if (next == null) next = running.size() > threads ? answered() : new Pass();
      if (next.rows == 0) next.first = row;
      scaling.apply(pixels, values, next.rows, next.program.x);
      System.arraycopy(targets, 0, next.program.targets, next.rows * targets.length, targets.length);
      if (++next.rows == ROWS) start();
    }

    private void start() {
      Pass pass = next;
      pass.running = cores.submit(() -> work.run(pass.program, pass.rows));
      running.add(pass);
      next = null;
    }

    /** Waits for the oldest pass and hands its answers on; it can be filled again then. */
    private Pass answered() {
      Pass pass = running.poll();
      try {
        pass.outputs();
        answers.take(pass);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pass.rows = 0;
      return pass;
    }

    void end() {
      if (next != null) start();
      while (!running.isEmpty()) answered();
    }
  }
}
