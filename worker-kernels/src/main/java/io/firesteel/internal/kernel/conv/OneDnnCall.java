package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.OneDnn;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** A oneDNN primitive with its arguments, bound once: running it is one native call without allocation. */
final class OneDnnCall {
    private final dnnl_primitive primitive;
    private final dnnl_stream stream;
    private final dnnl_exec_arg_t args;
    private final int count;
    private final List<Object> references = new ArrayList<>(); // keeps alive what native code points to

    /** {@code positions[i]} is the DNNL_ARG of {@code memories[i]}; null memories are left out. */
    OneDnnCall(primitive primitive, int[] positions, memory... memories) {
        stream stream = new stream(OneDnn.ENGINE);
        this.primitive = primitive.get();
        this.stream = stream.get();
        this.args = new dnnl_exec_arg_t(positions.length);
        int n = 0;
        for (int i = 0; i < positions.length; i++) {
            if (memories[i] == null) continue;
            args.position(n++).arg(positions[i]).memory(memories[i].get());
            references.add(memories[i]);
        }
        args.position(0);
        count = n;
        references.add(primitive);
        references.add(stream);
    }

    void run() {
        int status = dnnl.dnnl_primitive_execute(primitive, stream, count, args);
        if (status != 0) throw new IllegalStateException("oneDNN returned status " + status + " from a primitive");
    }
}
