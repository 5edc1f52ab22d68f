import { ROWS } from '../bench/bench.js';

describe('the bench', () => {
  it.each(ROWS.map((row) => ({ name: row.title, row })))('finds its own result right before it compares: $name', async ({ row }) => {
    const { lines, checked } = await row.run('tiny');
    expect(checked.length).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.ratio).toBeGreaterThan(0);
  }, 180_000);
});
