package io.firesteel.data;

import io.firesteel.array.Random64;
import io.firesteel.data.TablePart.Packed;
import io.firesteel.data.TablePart.Tally;
import io.firesteel.model.Normalization;
import io.firesteel.spec.SpecException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a DataFrame, packed once where Spark has them and dealt through one shuffle. Rows are numbered in the
 * order of their partitions, and every shard has them in that order, so that the shuffle does not show: the same
 * partitions give the same bits, which are those of a file with the same rows.
 */
public final class Table implements Rows, AutoCloseable {
    private final Header header;
    private final Level level;
    private final JavaRDD<Packed> parts;
    private final Census census;
    private final Deal deal;
    private final long heldByColumn;
    private final PartNumbers numbers;
    private final long checksum;

    /**
     * Reads the whole table once.
     *
     * @param classes labels are 0..classes-1
     * @param validation which rows are held out where no column says so
     * @param level where the packed rows wait
     * @throws SpecException at a bad row that the policy does not put up with, naming partition, row and column
     */
    public Table(
            Dataset<Row> table,
            Columns columns,
            Header header,
            int classes,
            BadRows bad,
            Validation validation,
            int shards,
            long seed,
            Level level) {
        this.header = header;
        this.level = level;
        this.census = new Census(bad);
        Dataset<Row> selected = columns.select(table);
        CellReader reader = new CellReader(columns, selected.schema(), header, classes, bad);
        JavaRDD<InternalRow> rows = selected.queryExecution().toRdd().toJavaRDD();
        Rooms rooms = Rooms.of(JavaSparkContext.fromSparkContext(rows.context()), level, rows.getNumPartitions());
        parts = rows.mapPartitionsWithIndex(
                new Pack(selected.schema(), reader, header, bad, columns.weight() != null, rooms), true);
        parts.persist(StorageLevel.MEMORY_AND_DISK());
        List<Tally> tallies = parts.map(packed -> packed.tally).collect();
        try {
            for (Tally tally : tallies) {
                if (tally.bad != null) throw tally.bad;
                census.add(tally.census);
            }
            this.numbers = PartNumbers.of(tallies, columns.weight());
            long trained = tallies.stream().mapToLong(tally -> tally.trained).sum();
            if (trained == 0)
                throw new SpecException("columns " + columns.names() + ": zero rows; training needs at least one");
            this.heldByColumn = tallies.stream().mapToLong(tally -> tally.held).sum();
            this.deal = new Deal(trained, heldByColumn > 0 ? Validation.NONE : validation, shards, seed);
        } catch (SpecException e) {
            close();
            throw e;
        }
        long sum = 0;
        for (Tally tally : tallies) sum = Random64.mix(sum ^ tally.checksum);
        this.checksum = sum;
    }

    private record Pack(StructType schema, CellReader reader, Header header, BadRows bad, boolean weighted, Rooms rooms)
            implements Function2<Integer, Iterator<InternalRow>, Iterator<Packed>> {
        @Override
        public Iterator<Packed> call(Integer index, Iterator<InternalRow> rows) {
            return List.of(TablePart.pack(
                            index,
                            new TableRow(schema, header.sparse()),
                            rows,
                            reader,
                            header,
                            bad,
                            weighted,
                            rooms.room()))
                    .iterator();
        }
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public long trainRows() {
        return deal.trained();
    }

    @Override
    public long validationRows() {
        return heldByColumn + deal.held();
    }

    @Override
    public long testRows() {
        return 0;
    }

    @Override
    public Census trainCensus() {
        return census;
    }

    @Override
    public Census testCensus() {
        return null;
    }

    /** A number that differs where the rows do. */
    public long checksum() {
        return checksum;
    }

    /** What brings every channel to mean 0 and deviation 1, learned on the rows that train. */
    public Normalization standardization() {
        Moments all = new Moments(header);
        for (Moments part : parts.mapPartitionsWithIndex(new Measure(header, deal, numbers), true)
                .collect()) all = all.plus(part);
        return all.normalization();
    }

    private record Measure(Header header, Deal deal, PartNumbers numbers)
            implements Function2<Integer, Iterator<Packed>, Iterator<Moments>> {
        @Override
        public Iterator<Moments> call(Integer index, Iterator<Packed> parts) {
            Moments moments = new Moments(header);
            Block rows = parts.next().part.trained;
            for (int row = 0; row < rows.rows(); row++)
                if (deal.position(numbers.firstTrained()[index] + row) >= 0) rows.measure(row, moments);
            return List.of(moments).iterator();
        }
    }

    @Override
    public JavaRDD<Portion> portions(JavaSparkContext spark, int[] starts) {
        return new Pieces(header, deal, numbers, starts).dealt(parts, Rooms.of(spark, level, starts.length));
    }

    /** No shuffle and no copies: the portions pick their rows from the parts. */
    @Override
    public List<Portion> portionsHere(JavaSparkContext spark, int[] starts) {
        List<Packed> packed = Dealing.handed(parts);
        close();
        return new Pieces(header, deal, numbers, starts).dealtHere(packed);
    }

    /** Gives the packed rows back to Spark. */
    @Override
    public void close() {
        parts.unpersist(false);
    }
}
