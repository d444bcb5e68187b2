/** When planes came, so that what is late can be told from what is still to come. */
export const arrivals = {
  id: 110,
  purpose: 'when planes came',
  sql: `
    -- when it was entered, milliseconds since 1970; NULL for one that was before this was kept
    ALTER TABLE plane ADD COLUMN enteredAt INTEGER;

    ${planeComes()}

    -- What has left its place tells that arrivals are to be read from the start.
    CREATE INDEX planeElsewhere ON planeStanding (plateId) WHERE elsewhere = 1;

    -- For the history of a plate: which runs took the place of which.
    CREATE INDEX planeSuperseded ON planeStanding (plateId, run, supersededBy)
      WHERE supersededBy IS NOT NULL AND elsewhere = 0;
  `,
} as const

export function planeComes(): string {
  return `
    CREATE TRIGGER planeComes AFTER INSERT ON plane BEGIN
      UPDATE plane SET enteredAt = CAST(round(unixepoch('subsec') * 1000) AS INTEGER)
      WHERE id = NEW.id AND enteredAt IS NULL;
    END;`
}
