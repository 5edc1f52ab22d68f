import fc from 'fast-check';

/** Properties draw the same examples in each run, so that a rare find refuses the work that made it; `FC_SEED` looks further. */
if (process.env['MODEL_SEED'] !== 'any') fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) });
