import { appendOnly } from '../append-only.ts'

/** What people decided about planes, and what they took back. */
export const decisions = {
  id: 70,
  purpose: 'decisions about planes, and their withdrawals',
  sql: `
    CREATE TABLE decision (
      id         INTEGER PRIMARY KEY,
      planeId    INTEGER NOT NULL REFERENCES plane (id),
      word       TEXT NOT NULL CHECK (word IN ('accept', 'reject', 'reimage', 'unsure')),
      note       TEXT NOT NULL,
      -- who signed it, which need not be the operating system's user
      operator   TEXT NOT NULL,
      osUser     TEXT NOT NULL,
      machine    TEXT NOT NULL,
      -- UTC, ISO 8601
      at         TEXT NOT NULL,
      -- what the machine had said by then: how the plane stood, a JSON list of reasons, and the
      -- activity that found it; NULL where none had
      state      TEXT NOT NULL,
      reasons    TEXT NOT NULL,
      activityId TEXT REFERENCES activity (id)
    ) STRICT;
    CREATE INDEX decisionOfPlane ON decision (planeId);

    CREATE TABLE withdrawal (
      id         INTEGER PRIMARY KEY,
      -- once withdrawn it stays so: whoever changes their mind again decides again
      decisionId INTEGER NOT NULL UNIQUE REFERENCES decision (id),
      operator   TEXT NOT NULL,
      osUser     TEXT NOT NULL,
      machine    TEXT NOT NULL,
      at         TEXT NOT NULL
    ) STRICT;

    ${appendOnly('decision', 'id')}
    ${appendOnly('withdrawal', 'id')}
  `,
} as const
