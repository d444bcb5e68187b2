import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { ColourControls } from './colour-controls.tsx'
import type { Look } from './look.ts'
import { MOST_PLATES, type OpenPlate, type ShownPlate } from './plate-state.ts'
import css from './plate-view.module.css'

interface PlateToolbarProps {
  readonly board: CommandBoard
  readonly look: Look
  /** The plate that the address names: its channels and measures can be chosen. */
  readonly plate: OpenPlate
  readonly plates: readonly ShownPlate[]
  readonly choice: readonly PlateSummary[]
  readonly onLook: (change: Partial<Look>) => void
  readonly onJoin: (plateId: PlateId) => void
}

export function PlateToolbar(props: PlateToolbarProps) {
  const { board, look, plate, plates, choice, onLook, onJoin } = props
  const others = choice.filter(({ plateId }) => plates.every(shown => shown.plateId !== plateId))
  return (
    <div className={css['toolbar']}>
      <Segmented
        label="Show wells as"
        value={look.show}
        options={[
          { value: 'colours', text: 'Colours' },
          { value: 'thumbnails', text: 'Thumbnails' },
          { value: 'table', text: 'Table' },
        ]}
        onChange={show => onLook({ show })}
      />
      {look.show === 'thumbnails' ? null : (
        <ColourControls
          colourBy={look.colourBy}
          plate={plate}
          onChange={colourBy => onLook({ colourBy })}
        />
      )}
      <span className={css['deeds']}>
        {others.length === 0 || plates.length >= MOST_PLATES ? null : (
          <Select
            label="Beside it"
            value=""
            options={[
              { value: '', text: 'another plate…' },
              ...others.map(({ plateId, name }) => ({ value: String(plateId), text: name })),
            ]}
            onChange={value => {
              const chosen = others.find(({ plateId }) => String(plateId) === value)
              if (chosen !== undefined) onJoin(chosen.plateId)
            }}
          />
        )}
        <CommandButton board={board} id="plate.layout" text="Platemap…" />
        <CommandButton board={board} id="plate.exportPng" text="Picture" />
        <CommandButton board={board} id="plate.exportCsv" text="CSV" />
      </span>
    </div>
  )
}
