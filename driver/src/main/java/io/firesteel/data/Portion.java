package io.firesteel.data;

import java.io.Serializable;

/** The rows of shards [from, to), as one task holds them. A plain class, since Kryo 4 cannot write records. */
public final class Portion implements Blocks, Serializable {
  private static final long serialVersionUID = 1;

  /** The three kinds of rows of a run. */
  public enum Split {
    TRAIN, VALIDATION, TEST
  }

  public final int from;
  public final int to;
  private final Block[][] blocks; // [split][shard - from]

  /** Empty blocks in memory for rows that look like {@code header}. */
  Portion(int from, int to, Header header) {
    this(from, to, header, null);
  }

  /** The same where features go to disk that find no room. */
  Portion(int from, int to, Header header, Room room) {
    this.from = from;
    this.to = to;
    blocks = new Block[Split.values().length][to - from];
    for (Block[] split : blocks) for (int i = 0; i < split.length; i++) split[i] = new Block(header, room);
  }

  /** The rows of one shard, which is within [from, to). */
  @Override public Block block(Split split, int shard) {
    return blocks[split.ordinal()][shard - from];
  }

  /** Appends the rows of another portion of the same shards. */
  void addAll(Portion other) {
    for (int split = 0; split < blocks.length; split++)
      for (int i = 0; i < blocks[split].length; i++) blocks[split][i].addAll(other.blocks[split][i]);
  }

  /** The rows of a split over all shards here. */
  public long rows(Split split) {
    long rows = 0;
    for (Block block : blocks[split.ordinal()]) rows += block.rows();
    return rows;
  }

  boolean holds(int shard) { return shard >= from && shard < to; }

  void trim() { for (Block[] split : blocks) for (Block block : split) block.trim(); }
}
