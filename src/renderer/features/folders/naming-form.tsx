import { Select } from '../../ui/select.tsx'
import { LiveTextField } from '../../ui/text-field.tsx'
import type { FoldersState } from './folders-store.ts'

/** A way of naming that is chosen whole, or one of which the rest is typed. */
const PATTERN = ' pattern'
const TABLE = ' table'

/** What somebody has chosen and typed: what was typed stays when they look at another way. */
export interface NamingDraft {
  readonly way: string
  readonly pattern: string
  readonly table: string
}

const EXAMPLE = '(?<well>[A-P]\\d{2})_s(?<site>\\d+)_w(?<channel>\\d+)'

/** The draft that says this naming. */
export function draftOf(naming: string): NamingDraft {
  const empty = { way: naming, pattern: EXAMPLE, table: '' }
  if (isTable(naming)) return { ...empty, way: TABLE, table: naming }
  // Every pattern has a named group; nothing else has.
  return naming.includes('(?<') ? { ...empty, way: PATTERN, pattern: naming } : empty
}

/** The naming that a draft says; empty while something is to be typed. */
export function namingOf({ way, pattern, table }: NamingDraft): string {
  if (way === PATTERN) return pattern
  if (way !== TABLE) return way
  // A table is told from a pattern by its ending.
  return table === '' || isTable(table) ? table : `${table}.csv`
}

function isTable(naming: string): boolean {
  return /\.csv$/i.test(naming)
}

interface NamingFormProps {
  readonly draft: NamingDraft
  readonly instruments: FoldersState['instruments']
  /** What is typed makes no sense; `faultId` is of the text that says why. */
  readonly wrong: boolean
  readonly faultId: string
  readonly onChange: (draft: NamingDraft) => void
}

/** How the names of files are read. */
export function NamingForm({ draft, instruments, wrong, faultId, onChange }: NamingFormProps) {
  return (
    <>
      <Select
        label="Wells and channels"
        value={draft.way}
        stacked
        options={[
          { value: 'auto', text: 'Find out by index and names' },
          ...instruments.map(({ id, name }) => ({ value: id, text: name })),
          { value: PATTERN, text: 'By a pattern with named groups' },
          { value: TABLE, text: 'By a table in the folder (CSV)' },
          { value: 'loose', text: 'Every image is a field of its own' },
        ]}
        onChange={way => onChange({ ...draft, way })}
      />
      {draft.way === PATTERN ? (
        <LiveTextField
          label="Pattern"
          value={draft.pattern}
          maxLength={500}
          wrong={wrong}
          describedBy={faultId}
          onType={pattern => onChange({ ...draft, pattern })}
        />
      ) : null}
      {draft.way === TABLE ? (
        <LiveTextField
          label="Table, by its path in the folder"
          value={draft.table}
          maxLength={400}
          placeholder="map.csv"
          wrong={wrong}
          describedBy={faultId}
          onType={table => onChange({ ...draft, table })}
        />
      ) : null}
    </>
  )
}
