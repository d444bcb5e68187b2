/**
 * Triggers that refuse to change or delete a row of a table, and to replace one through its key.
 *
 * They are a seat-belt; the evidence is the audit chain.
 */
export function appendOnly(table: string, key?: string): string {
  const refuse = `BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`
  const replace =
    key === undefined
      ? ''
      : `CREATE TRIGGER ${table}KeepsRows BEFORE INSERT ON ${table}
         WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${key} = NEW.${key}) ${refuse}`
  return `
    CREATE TRIGGER ${table}NeverChanges BEFORE UPDATE ON ${table} ${refuse}
    CREATE TRIGGER ${table}NeverShrinks BEFORE DELETE ON ${table} ${refuse}
    ${replace}
  `
}
