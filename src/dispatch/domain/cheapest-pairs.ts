/** A cost no pair is worth: those two do not fit. */
export const NEVER = 1e9;

/**
 * Pairs of rows and columns at the least cost in all, as many as there can be; each row and each column at most once, and
 * never at `NEVER`. Shortest augmenting paths with potentials (the Hungarian method as Jonker and Volgenant put it):
 * O(n² × m) for n of the side that is fewer.
 */
export function cheapestPairs(costs: readonly (readonly number[])[]): [row: number, column: number][] {
  const columns = costs[0]?.length ?? 0;
  if (columns === 0) return [];
  // The method wants rows to be the fewer.
  const turned = costs.length > columns;
  const table = turned ? Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] as number)) : costs;
  return assign(table).map(([row, column]): [number, number] => (turned ? [column, row] : [row, column]));
}

function assign(costs: readonly (readonly number[])[]): [number, number][] {
  const columns = costs[0]?.length ?? 0;
  const search = new Search(costs, columns);
  for (let row = 1; row <= costs.length; row += 1) search.add(row);
  const pairs: [number, number][] = [];
  for (let column = 1; column <= columns; column += 1) {
    const row = (search.rowOf[column] as number) - 1;
    if (row >= 0 && (costs[row]?.[column - 1] ?? NEVER) < NEVER) pairs.push([row, column - 1]);
  }
  return pairs;
}

/** Rows and columns count from one; zero is nobody. */
class Search {
  readonly rowOf: Int32Array;
  private readonly rowPotential: Float64Array;
  private readonly columnPotential: Float64Array;

  constructor(
    private readonly costs: readonly (readonly number[])[],
    private readonly columns: number,
  ) {
    this.rowOf = new Int32Array(columns + 1);
    this.rowPotential = new Float64Array(costs.length + 1);
    this.columnPotential = new Float64Array(columns + 1);
  }

  /** Finds the cheapest chain of exchanges that gives this row a column. */
  add(row: number): void {
    const least = new Float64Array(this.columns + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(this.columns + 1);
    const done = new Uint8Array(this.columns + 1);
    this.rowOf[0] = row;
    let column = 0;
    do {
      done[column] = 1;
      column = this.step(column, least, cameFrom, done);
    } while (this.rowOf[column] !== 0);
    for (; column !== 0; column = cameFrom[column] as number) this.rowOf[column] = this.rowOf[cameFrom[column] as number] as number;
  }

  private step(from: number, least: Float64Array, cameFrom: Int32Array, done: Uint8Array): number {
    const row = this.rowOf[from] as number;
    const costs = this.costs[row - 1] ?? [];
    let [delta, next] = [Number.POSITIVE_INFINITY, 0];
    for (let column = 1; column <= this.columns; column += 1) {
      if (done[column]) continue;
      const reduced = (costs[column - 1] ?? NEVER) - (this.rowPotential[row] as number) - (this.columnPotential[column] as number);
      if (reduced < (least[column] as number)) {
        least[column] = reduced;
        cameFrom[column] = from;
      }
      if ((least[column] as number) < delta) [delta, next] = [least[column] as number, column];
    }
    for (let column = 0; column <= this.columns; column += 1) {
      if (done[column]) {
        const held = this.rowOf[column] as number;
        this.rowPotential[held] = (this.rowPotential[held] as number) + delta;
        this.columnPotential[column] = (this.columnPotential[column] as number) - delta;
      } else least[column] = (least[column] as number) - delta;
    }
    return next;
  }
}
