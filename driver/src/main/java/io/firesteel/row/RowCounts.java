package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one reading of a source has met: how many rows were kept, left out and mended, and the first offenders. One
 * thread's.
 */
public final class RowCounts implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int NAMED = 5;

    private final BadRows policy;
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long skipped;
    private long imputed;
    private SpecException spent; // the row that was one too many

    public RowCounts(BadRows policy) {
        this.policy = policy;
    }

    /** Rows that were kept, mended ones included. */
    public long rows() {
        return rows;
    }

    /** Rows that were left out; a file that cannot be read counts as one. */
    public long skipped() {
        return skipped;
    }

    /** Rows with cells that were replaced. */
    public long imputed() {
        return imputed;
    }

    /** The first bad ones with file and line. */
    public List<String> first() {
        return first;
    }

    /** Counts a row that is kept; returns its number among those, from 0. */
    public long keep() {
        return rows++;
    }

    /** Counts a row that is left out, or throws {@code bad} where the policy does not leave rows out. */
    public void skip(SpecException bad) {
        if (spent != null) throw spent;
        if (!(policy instanceof BadRows.Skip)) throw bad;
        skipped++;
        name(bad);
    }

    /** Counts a row whose cells were replaced. */
    public void impute(SpecException bad) {
        imputed++;
        name(bad);
    }

    /** Takes in what another reading, that of the next part, has met. */
    public void add(RowCounts next) {
        if (next.spent != null) throw next.spent;
        rows += next.rows;
        skipped += next.skipped;
        imputed += next.imputed;
        for (String each : next.first) if (first.size() < NAMED) first.add(each);
        if (skipped + imputed > policy.budget()) throw over(next.first.get(0));
    }

    private void name(SpecException bad) {
        if (first.size() < NAMED) first.add(bad.getMessage());
        if (skipped + imputed <= policy.budget()) return;
        spent = over(bad.getMessage());
        throw spent;
    }

    private SpecException over(String bad) {
        return new SpecException(bad + "; that makes " + (skipped + imputed) + " bad rows, more than the budget of "
                + policy.budget() + "; mend the data or raise \"budget\"");
    }
}
