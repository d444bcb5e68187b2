import { appendOnly } from '../append-only.ts'

/**
 * How planes, fields and wells stand now, so that a plate opens without a walk through its history.
 *
 * The three tables of standing are derived from the inventory and the records, and kept by triggers on them:
 * nothing else may write to them, no record refers to them, and what fills them below could fill them again.
 * They are neither append-only nor sealed.
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
      -- milliseconds since 1970
      judgedAt      INTEGER,
      -- the plane that took its place: a newer version in its field, or the same place in a later run
      supersededBy  INTEGER
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
      -- when the first and the last of them came to, milliseconds since 1970
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

    ${fill()}

    CREATE TRIGGER planeStands AFTER INSERT ON plane BEGIN
      INSERT INTO planeStanding (planeId, plateId, acquisitionId, run, fieldId, field, well, site, t,
                                 channel, z, projection, supersededBy)
      SELECT NEW.id, run.plateId, run.id, run.number, field.id, field.name, field.well, field.site,
             field.t, NEW.channel, NEW.z, NEW.projection,
             (SELECT later.planeId FROM planeStanding AS later
              WHERE later.plateId = run.plateId AND later.well IS field.well
                AND later.field = field.name AND later.channel = NEW.channel AND later.z = NEW.z
                AND later.projection = NEW.projection AND later.run > run.number
                AND later.supersededBy IS NULL)
      FROM field JOIN acquisition AS run ON run.id = field.acquisitionId
      WHERE field.id = NEW.fieldId;

      UPDATE planeStanding SET supersededBy = NEW.id
      FROM planeStanding AS mine
      WHERE mine.planeId = NEW.id AND mine.supersededBy IS NULL
        AND planeStanding.plateId = mine.plateId AND planeStanding.well IS mine.well
        AND planeStanding.field = mine.field AND planeStanding.channel = mine.channel
        AND planeStanding.z = mine.z AND planeStanding.projection = mine.projection
        AND planeStanding.supersededBy IS NULL AND planeStanding.planeId <> NEW.id;
    END;

    CREATE TRIGGER verdictStands AFTER INSERT ON verdict BEGIN
      UPDATE planeStanding
      SET state = NEW.verdict, reasons = NEW.reasons, sequence = activity.sequence,
          judgedAt = ${milliseconds('activity.endedAt')}
      FROM activity
      WHERE activity.id = NEW.activityId AND planeStanding.planeId = NEW.planeId
        AND (planeStanding.sequence IS NULL OR planeStanding.sequence < activity.sequence);
    END;

    CREATE TRIGGER faultStands AFTER INSERT ON fault
    WHEN NEW.planeId IS NOT NULL AND NEW.activityId IS NOT NULL BEGIN
      UPDATE planeStanding
      SET state = 'unreadable', reasons = json_array(NEW.kind), sequence = activity.sequence,
          judgedAt = ${milliseconds('activity.endedAt')}
      FROM activity
      WHERE activity.id = NEW.activityId AND planeStanding.planeId = NEW.planeId
        AND (planeStanding.sequence IS NULL OR planeStanding.sequence < activity.sequence);
    END;

    -- A fault that another try may not meet again says nothing against what is recorded.
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
      UPDATE wellStanding SET planes = planes - 1
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

function newestObjects(fieldId: string): string {
  return `SELECT sequence, count FROM countingObjects
       WHERE countingObjects.fieldId = ${fieldId} ORDER BY sequence DESC LIMIT 1`
}

function milliseconds(instant: string): string {
  return `CAST(round(unixepoch(${instant}, 'subsec') * 1000) AS INTEGER)`
}

function countNew(): string {
  return `
      INSERT INTO wellStanding (plateId, well, state, reasons, planes, firstAt, lastAt)
      SELECT NEW.plateId, coalesce(NEW.well, ''), NEW.state, NEW.reasons, 1, NEW.judgedAt, NEW.judgedAt
      WHERE NEW.supersededBy IS NULL
      ON CONFLICT DO UPDATE
        SET planes = planes + 1,
            firstAt = min(coalesce(firstAt, excluded.firstAt), excluded.firstAt),
            lastAt = max(coalesce(lastAt, excluded.lastAt), excluded.lastAt);`
}

/** Everything the triggers would have written, had they been there from the beginning. */
function fill(): string {
  return `
    WITH judged AS (
      SELECT planeId, state, reasons, endedAt, max(sequence) AS sequence FROM (
        SELECT verdict.planeId, verdict.verdict AS state, reasons, endedAt, sequence
        FROM verdict JOIN activity ON activity.id = verdict.activityId
        UNION ALL
        SELECT fault.planeId, 'unreadable', json_array(fault.kind), endedAt, sequence
        FROM fault JOIN activity ON activity.id = fault.activityId
        WHERE fault.planeId IS NOT NULL)
      GROUP BY planeId
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
           judged.sequence, ${milliseconds('coalesce(judged.endedAt, passing.at)')}
    FROM plane
    JOIN field ON field.id = plane.fieldId
    JOIN acquisition AS run ON run.id = field.acquisitionId
    LEFT JOIN judged ON judged.planeId = plane.id
    LEFT JOIN passing ON passing.planeId = plane.id;

    -- Who counted when it came, else who came next and was not of an earlier run.
    UPDATE planeStanding SET supersededBy = coalesce(
      (SELECT other.planeId FROM planeStanding AS other
       WHERE ${samePlace()} AND other.planeId < planeStanding.planeId AND other.run > planeStanding.run
       ORDER BY other.run DESC, other.planeId DESC LIMIT 1),
      (SELECT other.planeId FROM planeStanding AS other
       WHERE ${samePlace()} AND other.planeId > planeStanding.planeId AND other.run >= planeStanding.run
       ORDER BY other.planeId LIMIT 1));

    INSERT INTO fieldStanding (fieldId, plateId, well, counts)
    SELECT fieldId, plateId, coalesce(well, ''), max(supersededBy IS NULL)
    FROM planeStanding GROUP BY fieldId;

    UPDATE fieldStanding SET (sequence, objects) =
      (${newestObjects('fieldStanding.fieldId')});

    INSERT INTO wellStanding (plateId, well, state, reasons, planes, firstAt, lastAt)
    SELECT plateId, coalesce(well, ''), state, reasons, count(*), min(judgedAt), max(judgedAt)
    FROM planeStanding WHERE supersededBy IS NULL
    GROUP BY plateId, coalesce(well, ''), state, reasons;
  `
}

function samePlace(): string {
  return `other.plateId = planeStanding.plateId AND other.well IS planeStanding.well
         AND other.field = planeStanding.field AND other.channel = planeStanding.channel
         AND other.z = planeStanding.z AND other.projection = planeStanding.projection`
}
