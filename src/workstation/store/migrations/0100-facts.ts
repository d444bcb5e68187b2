/** What indexes say about how runs and planes were imaged. */
export const facts = {
  id: 100,
  purpose: 'how runs and planes were imaged',
  sql: `
    CREATE TABLE planeFacts (
      planeId   INTEGER PRIMARY KEY REFERENCES plane (id),
      -- side of a pixel in the specimen, µm
      pixelSize REAL,
      -- the middle of the image in µm: x to the right, y downwards, z the focus
      stageX    REAL,
      stageY    REAL,
      stageZ    REAL,
      -- as the instrument writes it
      takenAt   TEXT
    ) STRICT;

    CREATE TABLE runFacts (
      acquisitionId INTEGER PRIMARY KEY REFERENCES acquisition (id),
      -- JSON of RunFacts
      facts         TEXT NOT NULL
    ) STRICT;
  `,
} as const
