import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import type { CommandBoard } from '../lib/command-board.ts'
import { placeHash, type GoTo, type View } from '../lib/place.ts'
import { plateNameAmong } from '../lib/plate-name.ts'
import { STATES_WORST_FIRST } from '../lib/state-words.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { Select } from '../ui/select.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { placeOf, type Whereabouts } from './navigation.ts'
import css from './top-bar.module.css'

interface TopBarProps {
  readonly plates: readonly PlateSummary[]
  readonly whereabouts: Whereabouts
  readonly goTo: GoTo
  readonly board: CommandBoard
}

const TABS = [
  { view: 'plates', text: 'Plates', key: '1' },
  { view: 'plate', text: 'Plate', key: '2' },
  { view: 'field', text: 'Field', key: '3' },
  { view: 'quality', text: 'Quality', key: '4' },
  { view: 'review', text: 'Review', key: '5' },
  { view: 'models', text: 'Models', key: '6' },
] as const

/** Where one can go, the plate in hand and how it stands. */
export function TopBar({ plates, whereabouts, goTo, board }: TopBarProps) {
  const plate = plates.find(({ plateId }) => plateId === whereabouts.plateId)
  return (
    <header className={css['bar']}>
      <span className={css['name']}>Parfocal</span>
      <nav className={css['tabs']} aria-label="Views">
        {TABS.map(({ view, text, key }) => (
          <Tab key={view} view={view} text={text} shortcut={key} whereabouts={whereabouts} />
        ))}
      </nav>
      {plates.length === 0 ? null : (
        <Select
          label="Plate"
          value={plate === undefined ? '' : String(plate.plateId)}
          options={[
            ...(plate === undefined ? [{ value: '', text: 'none chosen' }] : []),
            ...plates.map(one => ({
              value: String(one.plateId),
              text: plateNameAmong(one, plates),
            })),
          ]}
          onChange={id => goTo(onPlate(Number(id) as PlateId, whereabouts.place.view))}
        />
      )}
      <div className={css['counts']}>
        {plate === undefined
          ? null
          : STATES_WORST_FIRST.filter(state => plate.states[state] > 0).map(state => (
              <VerdictMark key={state} state={state} count={plate.states[state]} silent />
            ))}
      </div>
      <div className={css['end']}>
        <CommandButton board={board} id="palette.open" text="Find" tone="quiet" />
        <CommandButton board={board} id="help.keys" text="Keys" tone="quiet" />
        <CommandButton board={board} id="settings.open" text="Settings" tone="quiet" />
      </div>
    </header>
  )
}

interface TabProps {
  readonly view: View
  readonly text: string
  readonly shortcut: string
  readonly whereabouts: Whereabouts
}

function Tab({ view, text, shortcut, whereabouts }: TabProps) {
  const place = placeOf(view, whereabouts)
  const here = whereabouts.place.view === view
  if (place === null) {
    return (
      <span
        className={css['nowhere']}
        aria-disabled="true"
        role="link"
        title={view === 'field' ? 'Open a well of a plate first' : 'Choose a plate first'}
      >
        {text}
      </span>
    )
  }
  return (
    <a
      className={css['tab']}
      href={placeHash(place)}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={shortcut}
    >
      {text}
    </a>
  )
}

/** The same view of another plate, where it has one. */
function onPlate(plateId: PlateId, view: View): Parameters<GoTo>[0] {
  const same = view === 'quality' || view === 'review' || view === 'reacquire'
  return same ? { view, plateId } : { view: 'plate', plateId }
}
