/** What intake found: plates, imaging runs, files, fields and planes. */
export const plates = {
  id: 10,
  purpose: 'plates, acquisitions, files, fields and planes',
  sql: `
    CREATE TABLE plate (
      id       INTEGER PRIMARY KEY,
      name     TEXT NOT NULL,
      -- what the instrument calls it, so that two plates of one name stay two; '' when it says nothing
      uniqueId TEXT NOT NULL,
      UNIQUE (name, uniqueId)
    ) STRICT;

    CREATE TABLE acquisition (
      id         INTEGER PRIMARY KEY,
      plateId    INTEGER NOT NULL REFERENCES plate (id),
      -- counts the imaging runs of a plate from 0
      number     INTEGER NOT NULL,
      folder     TEXT NOT NULL,
      instrument TEXT NOT NULL,
      namedBy    TEXT NOT NULL CHECK (namedBy IN ('index', 'name', 'map', 'loose')),
      -- planes the instrument's index promises; NULL where no index does
      expected   INTEGER,
      -- JSON list of channel names in the instrument's order
      channels   TEXT NOT NULL,
      UNIQUE (plateId, number),
      UNIQUE (plateId, folder)
    ) STRICT;

    -- One version of a file: the same path with another size or time is another file.
    CREATE TABLE file (
      id       INTEGER PRIMARY KEY,
      path     TEXT NOT NULL,
      bytes    INTEGER NOT NULL,
      -- nanoseconds since 1970, as text because it does not fit a double
      modified TEXT NOT NULL,
      UNIQUE (path, bytes, modified)
    ) STRICT;

    CREATE TABLE field (
      id            INTEGER PRIMARY KEY,
      acquisitionId INTEGER NOT NULL REFERENCES acquisition (id),
      name          TEXT NOT NULL,
      well          TEXT,
      site          INTEGER,
      t             INTEGER NOT NULL,
      UNIQUE (acquisitionId, name)
    ) STRICT;

    CREATE TABLE plane (
      id         INTEGER PRIMARY KEY,
      fieldId    INTEGER NOT NULL REFERENCES field (id),
      fileId     INTEGER NOT NULL REFERENCES file (id),
      page       INTEGER NOT NULL,
      channel    TEXT NOT NULL,
      z          INTEGER NOT NULL,
      projection INTEGER NOT NULL CHECK (projection IN (0, 1)),
      UNIQUE (fieldId, fileId, page)
    ) STRICT;
    CREATE INDEX planeByField ON plane (fieldId, channel, z, projection);
    CREATE INDEX planeByFile ON plane (fileId);

    -- Of several versions of one plane the last that arrived counts; the others stay.
    CREATE VIEW currentPlane AS
      SELECT plane.* FROM plane
      WHERE NOT EXISTS (
        SELECT 1 FROM plane AS newer
        WHERE newer.fieldId = plane.fieldId AND newer.channel = plane.channel
          AND newer.z = plane.z AND newer.projection = plane.projection AND newer.id > plane.id
      );
  `,
} as const
