import { appendOnly } from '../append-only.ts'

/**
 * How planes, fields and wells stand now, so that a plate opens without a walk through its history.
 *
 * The three tables of standing are derived from the inventory and the records, and kept by triggers on them:
 * no record refers to them, and what fills them below could fill them again. They are neither append-only nor sealed.
 * Nothing else writes to them but what goes back to something recorded, of which no record tells: to a recipe
 * (standing.ts), or to what an image was identified as before (fields.ts).
 */
export const standing = {
  id: 60,
  purpose: 'how planes, fields and wells stand; what an index promises; platemaps',
  sql: `
    CREATE TABLE planeStanding (
      planeId       INTEGER PRIMARY KEY REFERENCES plane (id),
      plateId       INTEGER NOT NULL,
      acquisitionId INTEGER NOT NULL,
      -- the number of the acquisition: of two planes at one place that of the later run counts
      run           INTEGER NOT NULL,
      fieldId       INTEGER NOT NULL,
      -- name of the field; with channel, z and projection it is the plane's place on the plate in any run
      field         TEXT NOT NULL,
      well          TEXT,
      site          INTEGER,
      t             INTEGER NOT NULL,
      channel       TEXT NOT NULL,
      z             INTEGER NOT NULL,
      projection    INTEGER NOT NULL,
      state         TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'pass', 'fail', 'cannot-judge', 'unreadable')),
      -- JSON list; the kind of the fault for an unreadable plane
      reasons       TEXT NOT NULL DEFAULT '[]',
      -- the newest activity about it, by whatever recipe; NULL while waiting, and where all that
      -- happened is a fault that another try may not meet again
      sequence      INTEGER,
      -- when it was first judged, milliseconds since 1970; judging it again does not make it a newer image
      judgedAt      INTEGER,
      -- the plane that took its place: a newer version in its field, the same place in a later run, or
      -- the same image where it was identified otherwise later
      supersededBy  INTEGER,
      -- 1 where the image is another plane by now: a file is one image, and counts as it was identified last
      elsewhere     INTEGER NOT NULL DEFAULT 0 CHECK (elsewhere IN (0, 1))
    ) STRICT;
    CREATE INDEX planeByPlace
      ON planeStanding (plateId, well, field, channel, z, projection, run);
    CREATE INDEX planeByJudgement ON planeStanding (plateId, sequence) WHERE sequence IS NOT NULL;
    CREATE INDEX planeInQuestion ON planeStanding (plateId, well)
      WHERE supersededBy IS NULL AND state IN ('fail', 'cannot-judge', 'unreadable');

    CREATE TABLE fieldStanding (
      fieldId  INTEGER PRIMARY KEY REFERENCES field (id),
      plateId  INTEGER NOT NULL,
      -- '' for a loose image
      well     TEXT NOT NULL,
      -- 1 while one of its planes counts
      counts   INTEGER NOT NULL CHECK (counts IN (0, 1)),
      -- the newest analysis all of whose planes count; NULL without one
      sequence INTEGER,
      objects  INTEGER
    ) STRICT;
    CREATE INDEX fieldOfPlate ON fieldStanding (plateId, well, counts, objects, sequence);

    CREATE TABLE wellStanding (
      plateId INTEGER NOT NULL,
      -- '' for loose images
      well    TEXT NOT NULL,
      state   TEXT NOT NULL,
      reasons TEXT NOT NULL,
      -- planes that count and stand so
      planes  INTEGER NOT NULL,
      -- how many of them are projections, which no index promises
      projections INTEGER NOT NULL,
      -- when the first and the last of them were first judged, milliseconds since 1970
      firstAt INTEGER,
      lastAt  INTEGER,
      PRIMARY KEY (plateId, well, state, reasons)
    ) STRICT, WITHOUT ROWID;

    -- Objects that count: every plane they were found in does.
    CREATE VIEW countingObjects AS
      SELECT fieldObjects.activityId, fieldObjects.fieldId, fieldObjects.count, activity.sequence
      FROM fieldObjects JOIN activity ON activity.id = fieldObjects.activityId
      WHERE NOT EXISTS (
        SELECT 1 FROM json_each(fieldObjects.planes) AS analysed
        JOIN planeStanding ON planeStanding.planeId = json_extract(analysed.value, '$.planeId')
        WHERE planeStanding.supersededBy IS NOT NULL
      );

    -- What the index of an imaging run promises: JSON list of { wells, sites, channels, z, t }.
    CREATE TABLE promise (
      acquisitionId INTEGER PRIMARY KEY REFERENCES acquisition (id),
      blocks        TEXT NOT NULL,
      -- JSON of { rows, columns }: the plate itself; NULL where the index does not say it
      format        TEXT
    ) STRICT;

    -- A platemap; the last of a plate counts.
    CREATE TABLE layout (
      id      INTEGER PRIMARY KEY,
      plateId INTEGER NOT NULL REFERENCES plate (id),
      -- JSON list of { well, control, labels }
      wells   TEXT NOT NULL,
      at      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX layoutOfPlate ON layout (plateId);
    ${appendOnly('layout', 'id')}

    -- What a page of a file was identified as before a later plane: by its name, say, until the index came. Earlier
    -- versions of that file were the same image.
    CREATE VIEW formerIdentity AS
      SELECT version.id AS planeId, later.id AS laterId
      FROM plane AS later
      JOIN plane AS former
        ON former.fileId = later.fileId AND former.page = later.page
       AND former.fieldId <> later.fieldId AND former.id < later.id
      JOIN file ON file.id = former.fileId
      JOIN plane AS version
        ON version.fieldId = former.fieldId AND version.channel = former.channel
       AND version.z = former.z AND version.projection = former.projection
       AND version.page = former.page AND version.id <= former.id
      JOIN file AS older ON older.id = version.fileId AND older.path = file.path;

    ${fill()}

    ${planeStands()}

    CREATE TRIGGER planeLeavesItsPlace AFTER UPDATE OF elsewhere ON planeStanding
    WHEN OLD.elsewhere = 0 AND NEW.elsewhere = 1 BEGIN
      UPDATE planeStanding SET supersededBy = OLD.supersededBy
      WHERE plateId = OLD.plateId AND well IS OLD.well AND field = OLD.field
        AND channel = OLD.channel AND z = OLD.z AND projection = OLD.projection
        AND elsewhere = 0 AND supersededBy = OLD.planeId;
    END;

    CREATE TRIGGER planeComesBack AFTER UPDATE OF elsewhere ON planeStanding
    WHEN OLD.elsewhere = 1 AND NEW.elsewhere = 0 BEGIN
      UPDATE planeStanding SET supersededBy = ${nextAtPlace()}
      WHERE planeId = NEW.planeId;
      ${takePlace('NEW.planeId')}
    END;

    CREATE TRIGGER verdictStands AFTER INSERT ON verdict BEGIN
      UPDATE planeStanding
      SET state = NEW.verdict, reasons = NEW.reasons, sequence = activity.sequence,
          judgedAt = ${firstJudged()}
      FROM activity
      WHERE activity.id = NEW.activityId AND planeStanding.planeId = NEW.planeId
        AND (planeStanding.sequence IS NULL OR planeStanding.sequence < activity.sequence);
    END;

    CREATE TRIGGER faultStands AFTER INSERT ON fault
    WHEN NEW.planeId IS NOT NULL AND NEW.activityId IS NOT NULL BEGIN
      UPDATE planeStanding
      SET state = 'unreadable', reasons = json_array(NEW.kind), sequence = activity.sequence,
          judgedAt = ${firstJudged()}
      FROM activity
      WHERE activity.id = NEW.activityId AND planeStanding.planeId = NEW.planeId
        AND (planeStanding.sequence IS NULL OR planeStanding.sequence < activity.sequence);
    END;

    CREATE TRIGGER passingFaultStands AFTER INSERT ON fault
    WHEN NEW.planeId IS NOT NULL AND NEW.activityId IS NULL BEGIN
      UPDATE planeStanding
      SET state = 'unreadable', reasons = json_array(NEW.kind), judgedAt = ${milliseconds('NEW.at')}
      WHERE planeId = NEW.planeId AND sequence IS NULL;
    END;

    CREATE TRIGGER objectsStand AFTER INSERT ON fieldObjects BEGIN
      UPDATE fieldStanding SET (sequence, objects) = (${newestObjects('NEW.fieldId')})
      WHERE fieldId = NEW.fieldId;
    END;

    CREATE TRIGGER planeIsCounted AFTER INSERT ON planeStanding BEGIN
      INSERT INTO fieldStanding (fieldId, plateId, well, counts)
      VALUES (NEW.fieldId, NEW.plateId, coalesce(NEW.well, ''), NEW.supersededBy IS NULL)
      ON CONFLICT DO UPDATE SET counts = 1 WHERE counts < excluded.counts;
      ${countNew()}
    END;

    CREATE TRIGGER planeIsCountedElsewhere AFTER UPDATE OF state, reasons, supersededBy ON planeStanding BEGIN
      UPDATE wellStanding SET planes = planes - 1, projections = projections - OLD.projection
      WHERE OLD.supersededBy IS NULL AND plateId = OLD.plateId AND well = coalesce(OLD.well, '')
        AND state = OLD.state AND reasons = OLD.reasons;
      ${countNew()}
    END;

    CREATE TRIGGER planeCountsNoMore AFTER UPDATE OF supersededBy ON planeStanding BEGIN
      UPDATE fieldStanding
      SET counts = EXISTS (
            SELECT 1 FROM plane JOIN planeStanding ON planeStanding.planeId = plane.id
            WHERE plane.fieldId = NEW.fieldId AND planeStanding.supersededBy IS NULL),
          (sequence, objects) = (${newestObjects('NEW.fieldId')})
      WHERE fieldId = NEW.fieldId;
    END;
  `,
} as const

export function planeStands(): string {
  return `
    -- The planes of a place are a list by run and then by age: each is superseded by the next, and the last counts.
    CREATE TRIGGER planeStands AFTER INSERT ON plane BEGIN
      INSERT INTO planeStanding (planeId, plateId, acquisitionId, run, fieldId, field, well, site, t,
                                 channel, z, projection, supersededBy)
      SELECT NEW.id, run.plateId, run.id, run.number, field.id, field.name, field.well, field.site,
             field.t, NEW.channel, NEW.z, NEW.projection,
             (SELECT other.planeId FROM planeStanding AS other
              WHERE other.plateId = run.plateId AND other.well IS field.well
                AND other.field = field.name AND other.channel = NEW.channel AND other.z = NEW.z
                AND other.projection = NEW.projection AND other.run > run.number
                AND other.elsewhere = 0
              ORDER BY other.run, other.planeId LIMIT 1)
      FROM field JOIN acquisition AS run ON run.id = field.acquisitionId
      WHERE field.id = NEW.fieldId;

      ${takePlace('NEW.id')}
      UPDATE planeStanding SET elsewhere = 1, supersededBy = NEW.id
      WHERE elsewhere = 0
        AND planeId IN (SELECT planeId FROM formerIdentity WHERE laterId = NEW.id);
    END;`
}

function newestObjects(fieldId: string): string {
  return `SELECT sequence, count FROM countingObjects
       WHERE countingObjects.fieldId = ${fieldId} ORDER BY sequence DESC LIMIT 1`
}

function milliseconds(instant: string): string {
  return `CAST(round(unixepoch(${instant}, 'subsec') * 1000) AS INTEGER)`
}

/** A plane by an activity's time: as long as it has not been judged before. A passing fault is no judgement. */
function firstJudged(): string {
  return `iif(planeStanding.sequence IS NULL, ${milliseconds('activity.endedAt')}, judgedAt)`
}

/** The plane that was before this one in the list of its place gives way to it. */
function takePlace(planeId: string): string {
  return `
      UPDATE planeStanding SET supersededBy = ${planeId}
      FROM planeStanding AS mine
      WHERE mine.planeId = ${planeId}
        AND planeStanding.plateId = mine.plateId AND planeStanding.well IS mine.well
        AND planeStanding.field = mine.field AND planeStanding.channel = mine.channel
        AND planeStanding.z = mine.z AND planeStanding.projection = mine.projection
        AND planeStanding.elsewhere = 0 AND planeStanding.supersededBy IS mine.supersededBy
        AND planeStanding.planeId <> ${planeId};`
}

function countNew(): string {
  return `
      INSERT INTO wellStanding (plateId, well, state, reasons, planes, projections, firstAt, lastAt)
      SELECT NEW.plateId, coalesce(NEW.well, ''), NEW.state, NEW.reasons, 1, NEW.projection,
             NEW.judgedAt, NEW.judgedAt
      WHERE NEW.supersededBy IS NULL
      ON CONFLICT DO UPDATE
        SET planes = planes + 1, projections = projections + excluded.projections,
            firstAt = min(coalesce(firstAt, excluded.firstAt), excluded.firstAt),
            lastAt = max(coalesce(lastAt, excluded.lastAt), excluded.lastAt);`
}

/** Everything the triggers would have written, had they been there from the beginning. */
function fill(): string {
  return `
    WITH judgement AS (
      SELECT verdict.planeId, verdict.verdict AS state, reasons, endedAt, sequence
      FROM verdict JOIN activity ON activity.id = verdict.activityId
      UNION ALL
      SELECT fault.planeId, 'unreadable', json_array(fault.kind), endedAt, sequence
      FROM fault JOIN activity ON activity.id = fault.activityId
      WHERE fault.planeId IS NOT NULL
    ), judged AS (
      SELECT planeId, state, reasons, max(sequence) AS sequence FROM judgement GROUP BY planeId
    ), begun AS (
      SELECT planeId, endedAt, min(sequence) FROM judgement GROUP BY planeId
    ), passing AS (
      SELECT planeId, kind, at, max(id) FROM fault
      WHERE planeId IS NOT NULL AND activityId IS NULL GROUP BY planeId
    )
    INSERT INTO planeStanding (planeId, plateId, acquisitionId, run, fieldId, field, well, site, t,
                               channel, z, projection, state, reasons, sequence, judgedAt)
    SELECT plane.id, run.plateId, run.id, run.number, field.id, field.name, field.well, field.site,
           field.t, channel, z, projection,
           coalesce(judged.state, iif(passing.kind IS NULL, 'waiting', 'unreadable')),
           coalesce(judged.reasons, iif(passing.kind IS NULL, '[]', json_array(passing.kind))),
           judged.sequence, ${milliseconds('coalesce(begun.endedAt, passing.at)')}
    FROM plane
    JOIN field ON field.id = plane.fieldId
    JOIN acquisition AS run ON run.id = field.acquisitionId
    LEFT JOIN judged ON judged.planeId = plane.id
    LEFT JOIN begun ON begun.planeId = plane.id
    LEFT JOIN passing ON passing.planeId = plane.id;

    UPDATE planeStanding SET elsewhere = 1, supersededBy = later.id
    FROM (SELECT planeId, min(laterId) AS id FROM formerIdentity GROUP BY planeId) AS later
    WHERE planeStanding.planeId = later.planeId;

    UPDATE planeStanding SET supersededBy = ${nextAtPlace()}
    WHERE elsewhere = 0;

    INSERT INTO fieldStanding (fieldId, plateId, well, counts)
    SELECT fieldId, plateId, coalesce(well, ''), max(supersededBy IS NULL)
    FROM planeStanding GROUP BY fieldId;

    UPDATE fieldStanding SET (sequence, objects) =
      (${newestObjects('fieldStanding.fieldId')});

    INSERT INTO wellStanding (plateId, well, state, reasons, planes, projections, firstAt, lastAt)
    SELECT plateId, coalesce(well, ''), state, reasons, count(*), sum(projection),
           min(judgedAt), max(judgedAt)
    FROM planeStanding WHERE supersededBy IS NULL
    GROUP BY plateId, coalesce(well, ''), state, reasons;
  `
}

function nextAtPlace(): string {
  return `(
      SELECT other.planeId FROM planeStanding AS other
      WHERE other.plateId = planeStanding.plateId AND other.well IS planeStanding.well
        AND other.field = planeStanding.field AND other.channel = planeStanding.channel
        AND other.z = planeStanding.z AND other.projection = planeStanding.projection
        AND (other.run, other.planeId) > (planeStanding.run, planeStanding.planeId)
        AND other.elsewhere = 0
      ORDER BY other.run, other.planeId LIMIT 1)`
}
