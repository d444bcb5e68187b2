import { planeStands } from './0060-standing.ts'
import { planeComes } from './0110-arrivals.ts'

/**
 * A page of a file may become another channel or depth of the same field: by its name it was `ch1`, by the index that
 * came later `DAPI`. Before, only another field made it another plane.
 */
export const identities = {
  id: 120,
  purpose: 'one page of a file as several channels or depths of a field, the last of which counts',
  rebuilds: true,
  sql: `
    CREATE TABLE planeAnew (
      id         INTEGER PRIMARY KEY,
      fieldId    INTEGER NOT NULL REFERENCES field (id),
      fileId     INTEGER NOT NULL REFERENCES file (id),
      page       INTEGER NOT NULL,
      channel    TEXT NOT NULL,
      z          INTEGER NOT NULL,
      projection INTEGER NOT NULL CHECK (projection IN (0, 1)),
      enteredAt  INTEGER,
      UNIQUE (fieldId, fileId, page, channel, z, projection)
    ) STRICT;
    INSERT INTO planeAnew
      SELECT id, fieldId, fileId, page, channel, z, projection, enteredAt FROM plane;
    DROP TABLE plane;
    ALTER TABLE planeAnew RENAME TO plane;
    CREATE INDEX planeByField ON plane (fieldId, channel, z, projection);
    CREATE INDEX planeByFile ON plane (fileId);

    DROP VIEW formerIdentity;
    -- What a page of a file was identified as before a later plane: by its name, say, until the index came. Earlier
    -- versions of that file were the same image.
    CREATE VIEW formerIdentity AS
      SELECT version.id AS planeId, later.id AS laterId
      FROM plane AS later
      JOIN plane AS former
        ON former.fileId = later.fileId AND former.page = later.page AND former.id < later.id
       AND (former.fieldId, former.channel, former.z, former.projection)
         <> (later.fieldId, later.channel, later.z, later.projection)
      JOIN file ON file.id = former.fileId
      JOIN plane AS version
        ON version.fieldId = former.fieldId AND version.channel = former.channel
       AND version.z = former.z AND version.projection = former.projection
       AND version.page = former.page AND version.id <= former.id
      JOIN file AS older ON older.id = version.fileId AND older.path = file.path;

    ${planeStands()}
    ${planeComes()}
  `,
} as const
