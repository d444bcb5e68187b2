import { appendOnly } from '../append-only.ts'

/** Networks that were registered, the tests they went through and the states they were brought into. */
export const models = {
  id: 80,
  purpose: 'registered networks, their tests and their states',
  sql: `
    CREATE TABLE model (
      id          INTEGER PRIMARY KEY,
      -- as its package names it
      model       TEXT NOT NULL,
      version     TEXT NOT NULL,
      -- SHA-256 of the weights
      weights     TEXT NOT NULL,
      -- SHA-256 over names and hashes of all files of the package
      contents    TEXT NOT NULL,
      -- canonical JSON of what the package says, and its text as it was found
      description TEXT NOT NULL,
      document    TEXT NOT NULL,
      operator    TEXT NOT NULL,
      osUser      TEXT NOT NULL,
      machine     TEXT NOT NULL,
      -- UTC, ISO 8601
      at          TEXT NOT NULL,
      -- a registered version never changes
      UNIQUE (model, version)
    ) STRICT;

    CREATE TABLE modelFile (
      id       INTEGER PRIMARY KEY,
      modelId  INTEGER NOT NULL REFERENCES model (id),
      -- path inside the package, with forward slashes
      name     TEXT NOT NULL,
      entityId INTEGER NOT NULL REFERENCES entity (id),
      UNIQUE (modelId, name)
    ) STRICT;

    CREATE TABLE modelTest (
      id          INTEGER PRIMARY KEY,
      modelId     INTEGER NOT NULL REFERENCES model (id),
      -- names whatever could change a result
      environment TEXT NOT NULL,
      provider    TEXT NOT NULL,
      passed      INTEGER NOT NULL CHECK (passed IN (0, 1)),
      -- canonical JSON: what was compared, and in which environment
      report      TEXT NOT NULL,
      operator    TEXT NOT NULL,
      osUser      TEXT NOT NULL,
      machine     TEXT NOT NULL,
      at          TEXT NOT NULL
    ) STRICT;
    CREATE INDEX testOfModel ON modelTest (modelId, environment);

    CREATE TABLE modelState (
      id       INTEGER PRIMARY KEY,
      modelId  INTEGER NOT NULL REFERENCES model (id),
      state    TEXT NOT NULL CHECK (state IN ('draft', 'qualified', 'in-use', 'retired')),
      reason   TEXT NOT NULL CHECK (trim(reason) <> ''),
      -- the test that a qualification rests on
      testId   INTEGER REFERENCES modelTest (id) CHECK (state <> 'qualified' OR testId IS NOT NULL),
      operator TEXT NOT NULL,
      osUser   TEXT NOT NULL,
      machine  TEXT NOT NULL,
      at       TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stateOfModel ON modelState (modelId);

    ${appendOnly('model', 'id')}
    ${appendOnly('modelFile', 'id')}
    ${appendOnly('modelTest', 'id')}
    ${appendOnly('modelState', 'id')}
  `,
} as const
