package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Row counts of one scan of a source: kept, skipped, imputed, and the first errors. Not thread-safe. */
public final class RowCounts implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int NAMED = 5;

    private final BadRows policy;
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long skipped;
    private long imputed;
    private SpecException overBudget; // the bad row that exceeded the budget

    public RowCounts(BadRows policy) {
        this.policy = policy;
    }

    /** Rows that were kept, imputed ones included. */
    public long rows() {
        return rows;
    }

    /** Rows that were skipped; an unreadable file counts as one. */
    public long skipped() {
        return skipped;
    }

    /** Rows with imputed cells. */
    public long imputed() {
        return imputed;
    }

    /** The first bad rows, with file and line. */
    public List<String> first() {
        return first;
    }

    /** Counts a kept row; returns its index among the kept rows, from 0. */
    public long keep() {
        return rows++;
    }

    /** Counts a skipped row, or throws {@code bad} if the policy does not skip rows. */
    public void skip(SpecException bad) {
        if (overBudget != null) throw overBudget;
        if (!(policy instanceof BadRows.Skip)) throw bad;
        skipped++;
        name(bad);
    }

    /** Counts a row with imputed cells. */
    public void impute(SpecException bad) {
        imputed++;
        name(bad);
    }

    /** Adds the counts of the partition that follows. */
    public void add(RowCounts next) {
        if (next.overBudget != null) throw next.overBudget;
        rows += next.rows;
        skipped += next.skipped;
        imputed += next.imputed;
        for (String each : next.first) if (first.size() < NAMED) first.add(each);
        if (skipped + imputed > policy.budget()) throw over(next.first.get(0));
    }

    private void name(SpecException bad) {
        if (first.size() < NAMED) first.add(bad.getMessage());
        if (skipped + imputed <= policy.budget()) return;
        overBudget = over(bad.getMessage());
        throw overBudget;
    }

    private SpecException over(String bad) {
        return new SpecException(bad + "; that makes " + (skipped + imputed) + " bad rows, more than the budget of "
                + policy.budget() + "; fix the data or raise \"budget\"");
    }
}
