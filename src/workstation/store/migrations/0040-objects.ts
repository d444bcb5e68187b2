import { appendOnly } from '../append-only.ts'

/** What was measured: the objects of each field (their rows are artifacts) and the summaries above them. */
export const objects = {
  id: 40,
  purpose: 'object counts of fields, summaries of wells and plates',
  sql: `
    CREATE TABLE fieldObjects (
      activityId TEXT PRIMARY KEY REFERENCES activity (id),
      fieldId    INTEGER NOT NULL REFERENCES field (id),
      -- JSON list of { channel, planeId }: the planes that were analysed, the segmented one first
      planes     TEXT NOT NULL,
      count      INTEGER NOT NULL,
      -- diameter in pixels that the segmentation found; NULL for an empty field
      diameter   REAL,
      -- JSON list of { name, mean, median, mad }
      measures   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX objectsOfField ON fieldObjects (fieldId);

    -- Objects count as long as every plane they were found in does.
    CREATE VIEW currentFieldObjects AS
      SELECT fieldObjects.* FROM fieldObjects
      WHERE NOT EXISTS (
        SELECT 1 FROM json_each(fieldObjects.planes) AS analysed
        WHERE json_extract(analysed.value, '$.planeId') NOT IN (SELECT id FROM currentPlane)
      );

    CREATE TABLE summary (
      activityId TEXT NOT NULL REFERENCES activity (id),
      -- NULL for the whole plate
      well       TEXT,
      fields     INTEGER NOT NULL,
      count      INTEGER NOT NULL,
      measures   TEXT NOT NULL,
      UNIQUE (activityId, well)
    ) STRICT;

    ${appendOnly('fieldObjects', 'activityId')}
    ${appendOnly('summary')}
  `,
} as const
