import { appendOnly } from '../append-only.ts'

/** What networks said of a field beside its objects: how sure they are, and whether it is to be used. */
export const predictions = {
  id: 90,
  purpose: 'uncertainty of fields that networks looked at',
  sql: `
    CREATE TABLE prediction (
      activityId  TEXT PRIMARY KEY REFERENCES activity (id),
      fieldId     INTEGER NOT NULL REFERENCES field (id),
      decision    TEXT NOT NULL CHECK (decision IN ('use', 'review')),
      -- JSON list of words
      reasons     TEXT NOT NULL,
      -- 0 sure to 1 not at all
      uncertainty REAL NOT NULL,
      -- 0 as in training to 1 never seen; NULL where no statistics of the training data are known
      novelty     REAL,
      -- JSON: the parts of the uncertainty, passes, scale
      details     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX predictionOfField ON prediction (fieldId);
    -- The few that people are asked about.
    CREATE INDEX predictionForReview ON prediction (fieldId) WHERE decision = 'review';

    ${appendOnly('prediction', 'activityId')}
  `,
} as const
