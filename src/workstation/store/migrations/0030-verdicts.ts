import { appendOnly } from '../append-only.ts'

/** What was found: the verdict on each plane, and what could not be read. */
export const verdicts = {
  id: 30,
  purpose: 'verdicts and faults',
  sql: `
    CREATE TABLE verdict (
      activityId TEXT PRIMARY KEY REFERENCES activity (id),
      planeId    INTEGER NOT NULL REFERENCES plane (id),
      verdict    TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'cannot-judge')),
      -- JSON list of reasons, none for a pass
      reasons    TEXT NOT NULL,
      -- JSON of { width, height, bits }
      image      TEXT NOT NULL,
      -- JSON of { name: number or null }
      metrics    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX verdictOfPlane ON verdict (planeId);

    CREATE TABLE fault (
      id            INTEGER PRIMARY KEY,
      acquisitionId INTEGER NOT NULL REFERENCES acquisition (id),
      -- NULL for a fault that another try may not meet again
      activityId    TEXT REFERENCES activity (id),
      planeId       INTEGER REFERENCES plane (id),
      path          TEXT NOT NULL,
      kind          TEXT NOT NULL,
      -- the fault as JSON
      fault         TEXT NOT NULL,
      at            TEXT NOT NULL
    ) STRICT;
    CREATE INDEX faultOfPlane ON fault (planeId) WHERE planeId IS NOT NULL;
    CREATE INDEX faultOfAcquisition ON fault (acquisitionId);

    ${appendOnly('verdict', 'activityId')}
    ${appendOnly('fault', 'id')}
  `,
} as const
