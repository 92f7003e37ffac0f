package io.firesteel.exchange;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.firesteel.modelfile.SavedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A model in ONNX Runtime, on one thread. Version 1.29.0 crashes the JVM where the command line has many kB; Surefire's
 * has not, an IDE may have to pass the class path in a file.
 */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxSession(byte[] file) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        session = environment.createSession(file, options);
    }

    static OnnxSession of(SavedModel saved) throws IOException, OrtException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        OnnxFile.write(saved, file);
        return new OnnxSession(file.toByteArray());
    }

    /** Outputs [rows, outputs] of raw rows [rows, the model's input]. */
    float[] run(int rows, float[] raw) throws OrtException {
        NodeInfo input = session.getInputInfo().values().iterator().next();
        long[] shape = ((TensorInfo) input.getInfo()).getShape();
        shape[0] = rows;
        try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(raw), shape);
                OrtSession.Result result = session.run(Map.of(input.getName(), x))) {
            FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] y = new float[found.remaining()];
            found.get(y);
            return y;
        }
    }

    /** "name [sizes]" of the only input; -1 is any number. */
    String input() throws OrtException {
        return text(session.getInputInfo());
    }

    /** The same of the only output. */
    String output() throws OrtException {
        return text(session.getOutputInfo());
    }

    private static String text(Map<String, NodeInfo> infos) {
        return infos.values().stream()
                .map(each -> each.getName() + " " + java.util.Arrays.toString(((TensorInfo) each.getInfo()).getShape()))
                .toList()
                .toString();
    }

    Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
