package io.firesteel.internal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The hidden columns with which Spark tells which file and block of it a row was read from. */
final class FileMetadata {
    static final String PATH = "_firesteel_path", START = "_firesteel_start", ROW = "_firesteel_row";
    private static final String ALL = "_metadata", ROW_INDEX = "row_index"; // the latter for Parquet alone

    private FileMetadata() {}

    /** Whether the rows are those of files as they are: picked and computed from perhaps, but not moved. */
    static boolean isIn(Dataset<Row> table) {
        LogicalPlan plan = table.queryExecution().analyzed();
        while (plan instanceof Project || plan instanceof Filter || plan instanceof SubqueryAlias)
            plan = ((UnaryNode) plan).child();
        return plan instanceof LogicalRelation relation
                && relation.relation() instanceof HadoopFsRelation
                && !Arrays.asList(table.columns()).contains(ALL);
    }

    /** What sorts the rows of all files. */
    static Column[] order() {
        return new Column[] {functions.col(PATH), functions.col(START), functions.monotonically_increasing_id()};
    }

    static List<Column> columns(Dataset<Row> table) {
        StructType told = (StructType) table.select(ALL).schema().apply(0).dataType();
        List<Column> columns = new ArrayList<>(List.of(
                functions.col(ALL + ".file_path").as(PATH),
                functions.col(ALL + ".file_block_start").as(START)));
        if (Arrays.asList(told.fieldNames()).contains(ROW_INDEX))
            columns.add(functions.col(ALL + "." + ROW_INDEX).as(ROW));
        return columns;
    }
}
