package io.firesteel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The strongly connected components of a graph that have two nodes or more: Tarjan 1972. */
final class Knots<T> {
    private final Map<T, Set<T>> graph;
    private final Map<T, Integer> index = new HashMap<>();
    private final Map<T, Integer> low = new HashMap<>();
    private final Deque<T> stack = new ArrayDeque<>();
    private final List<Set<T>> found = new ArrayList<>();

    private Knots(Map<T, Set<T>> graph) {
        this.graph = graph;
    }

    static <T> List<Set<T>> of(Map<T, Set<T>> graph) {
        Knots<T> knots = new Knots<>(graph);
        for (T node : graph.keySet()) if (!knots.index.containsKey(node)) knots.visit(node);
        return knots.found;
    }

    private void visit(T node) {
        index.put(node, index.size());
        low.put(node, index.get(node));
        stack.push(node);
        for (T next : graph.getOrDefault(node, Set.of())) {
            if (!index.containsKey(next)) visit(next);
            if (stack.contains(next)) low.merge(node, low.get(next), Math::min);
        }
        if (!low.get(node).equals(index.get(node))) return;
        Set<T> knot = new LinkedHashSet<>();
        T last;
        do {
            last = stack.pop();
            knot.add(last);
        } while (!last.equals(node));
        if (knot.size() > 1) found.add(knot);
    }
}
