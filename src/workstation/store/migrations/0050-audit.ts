import { appendOnly } from '../append-only.ts'

/** Who changed what and when, each row sealed by the hash of the one before. */
export const audit = {
  id: 50,
  purpose: 'the hash-chained audit trail',
  sql: `
    CREATE TABLE audit (
      seq                INTEGER PRIMARY KEY,
      at                 TEXT NOT NULL,
      -- minutes east of UTC on the machine's clock
      zone               INTEGER NOT NULL,
      -- milliseconds since the machine started: a clock that was set back shows against it
      uptime             REAL NOT NULL,
      actor              TEXT NOT NULL,
      machine            TEXT NOT NULL,
      applicationVersion TEXT NOT NULL,
      action             TEXT NOT NULL,
      entity             TEXT NOT NULL,
      entityId           TEXT NOT NULL,
      oldJson            TEXT,
      newJson            TEXT,
      reason             TEXT,
      previous           TEXT NOT NULL,
      hash               TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX auditOfEntity ON audit (entity, entityId);

    ${appendOnly('audit', 'seq')}
  `,
} as const
