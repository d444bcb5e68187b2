import type { FieldRow } from '#contract/plates.ts'
import type { FieldId } from '#core/brand.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Select } from '../../ui/select.tsx'
import { STATE_WORDS } from '../../lib/state-words.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './field-header.module.css'
import { fieldName, worstState } from './field-words.ts'
import type { OpenedField } from './picture.ts'

interface FieldHeaderProps {
  readonly board: CommandBoard
  /** Null while it is on its way. */
  readonly opened: OpenedField | null
  readonly wellFields: readonly FieldRow[]
  readonly comparing: 'nothing' | 'reference' | FieldId
  readonly why: boolean
  readonly onPlate: () => void
  readonly onField: (fieldId: FieldId) => void
  readonly onCompare: (choice: 'nothing' | 'reference' | FieldId) => void
}

/** Where one is on the plate, and the ways from there. */
export function FieldHeader(props: FieldHeaderProps) {
  const { board, opened, wellFields, why, onPlate, onField } = props
  if (opened === null) {
    return (
      <header className={css['header']}>
        <h1 className={css['title']}>Opening…</h1>
      </header>
    )
  }
  const { field, plate } = opened.details
  const sites = wellFields.filter(({ t }) => t === field.t)
  return (
    <header className={css['header']}>
      <h1 className={css['title']}>
        <button type="button" className={css['plate']} onClick={onPlate}>
          {plate}
        </button>
        <span aria-hidden="true"> › </span>
        {fieldName(field)}
      </h1>
      {sites.length > 1 ? <Sites sites={sites} field={field} onField={onField} /> : null}
      <span className={css['ways']}>
        <CommandButton board={board} id="field.previous" text="Previous" />
        <CommandButton board={board} id="field.next" text="Next" />
        <CommandButton board={board} id="field.fit" text="Fit" />
        <CompareSelect {...props} opened={opened} />
        <CommandButton board={board} id="field.why" text="Why flagged?" pressed={why} />
      </span>
    </header>
  )
}

interface SitesProps {
  readonly sites: readonly FieldRow[]
  readonly field: FieldRow
  readonly onField: (fieldId: FieldId) => void
}

/** The fields of the well, each with the worst that was found in it. */
function Sites({ sites, field, onField }: SitesProps) {
  return (
    <nav aria-label={`Fields of ${field.well ?? 'these images'}`} className={css['sites']}>
      {sites.map((each, index) => (
        <button
          key={each.fieldId}
          type="button"
          className={css['site']}
          aria-current={each.fieldId === field.fieldId ? 'true' : undefined}
          title={`${fieldName(each)}, ${STATE_WORDS[worstState(each)]}`}
          onClick={() => onField(each.fieldId)}
        >
          {each.site ?? index + 1}
          <VerdictMark state={worstState(each)} silent />
        </button>
      ))}
    </nav>
  )
}

function CompareSelect({
  opened,
  comparing,
  onCompare,
}: FieldHeaderProps & { readonly opened: OpenedField }) {
  const { field, runs } = opened.details
  const others = runs.filter(({ fieldId }) => fieldId !== field.fieldId)
  return (
    <Select
      label="Compare with"
      value={String(comparing)}
      options={[
        { value: 'nothing', text: 'nothing' },
        { value: 'reference', text: 'a good field' },
        ...others.map(({ fieldId, acquisition }) => ({
          value: String(fieldId),
          text: `${acquisition < field.acquisition ? 'before' : 'after'}: run ${acquisition + 1}`,
        })),
      ]}
      onChange={value =>
        onCompare(value === 'nothing' || value === 'reference' ? value : (Number(value) as FieldId))
      }
    />
  )
}
