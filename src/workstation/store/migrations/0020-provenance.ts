import { appendOnly } from '../append-only.ts'

/** Who did what to which bytes: the tables of W3C PROV, and the recipes they followed. */
export const provenance = {
  id: 20,
  purpose: 'recipes, agents, activities, entities and what was used and generated',
  sql: `
    CREATE TABLE recipe (
      hash     TEXT PRIMARY KEY,
      name     TEXT NOT NULL,
      document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE agent (
      id      INTEGER PRIMARY KEY,
      kind    TEXT NOT NULL CHECK (kind IN ('person', 'software')),
      name    TEXT NOT NULL,
      -- versions of the application and its runtime, or the machine a person is at
      detail  TEXT NOT NULL,
      UNIQUE (kind, name, detail)
    ) STRICT;

    CREATE TABLE entity (
      id       INTEGER PRIMARY KEY,
      kind     TEXT NOT NULL CHECK (kind IN ('file', 'artifact')),
      -- absolute path of a file; path of an artifact inside artifacts/
      location TEXT NOT NULL,
      sha256   TEXT NOT NULL,
      bytes    INTEGER NOT NULL,
      UNIQUE (kind, location, sha256)
    ) STRICT;

    CREATE TABLE activity (
      sequence      INTEGER PRIMARY KEY,
      -- hash of what was asked for: kind, subject, files, recipe and stages
      id            TEXT NOT NULL UNIQUE,
      kind          TEXT NOT NULL CHECK (kind IN ('quality', 'analysis', 'aggregation')),
      planeId       INTEGER REFERENCES plane (id),
      fieldId       INTEGER REFERENCES field (id),
      acquisitionId INTEGER REFERENCES acquisition (id),
      recipeHash    TEXT NOT NULL REFERENCES recipe (hash),
      -- JSON list of { id, version }
      stages        TEXT NOT NULL,
      -- JSON of { id, version, weights } of the network; NULL where none was used
      model         TEXT,
      provider      TEXT NOT NULL,
      threads       INTEGER NOT NULL,
      seed          INTEGER NOT NULL,
      softwareId    INTEGER NOT NULL REFERENCES agent (id),
      personId      INTEGER NOT NULL REFERENCES agent (id),
      machine       TEXT NOT NULL,
      startedAt     TEXT NOT NULL,
      endedAt       TEXT NOT NULL,
      outcome       TEXT NOT NULL CHECK (outcome IN ('done', 'fault')),
      -- SHA-256 of the output, independent of how it is stored
      digest        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX activityOfPlane ON activity (planeId) WHERE planeId IS NOT NULL;
    CREATE INDEX activityOfField ON activity (fieldId) WHERE fieldId IS NOT NULL;
    CREATE INDEX activityOfAcquisition ON activity (acquisitionId) WHERE acquisitionId IS NOT NULL;

    CREATE TABLE used (
      activityId TEXT NOT NULL REFERENCES activity (id),
      entityId   INTEGER NOT NULL REFERENCES entity (id),
      PRIMARY KEY (activityId, entityId)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE generated (
      activityId TEXT NOT NULL REFERENCES activity (id),
      entityId   INTEGER NOT NULL REFERENCES entity (id),
      role       TEXT NOT NULL,
      PRIMARY KEY (activityId, role)
    ) STRICT, WITHOUT ROWID;

    -- PROV's wasInformedBy: an aggregation by the analyses it summarises, what is taken up by the work it rests on
    CREATE TABLE informed (
      activityId TEXT NOT NULL REFERENCES activity (id),
      byId       TEXT NOT NULL REFERENCES activity (id),
      PRIMARY KEY (activityId, byId)
    ) STRICT, WITHOUT ROWID;

    ${appendOnly('recipe', 'hash')}
    ${appendOnly('agent', 'id')}
    ${appendOnly('entity', 'id')}
    ${appendOnly('activity', 'id')}
    ${appendOnly('used')}
    ${appendOnly('generated')}
    ${appendOnly('informed')}
  `,
} as const
