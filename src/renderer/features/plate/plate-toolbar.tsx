import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ColourControls } from './colour-controls.tsx'
import type { Look } from './look.ts'
import type { OpenPlate } from './plate-state.ts'
import css from './plate-view.module.css'

interface PlateToolbarProps {
  readonly board: CommandBoard
  readonly look: Look
  /** The plate that the address names: its channels and measures can be chosen. */
  readonly plate: OpenPlate
  /** Whether the plate in hand has a platemap. */
  readonly mapped: boolean
  readonly onLook: (change: Partial<Look>) => void
}

export function PlateToolbar(props: PlateToolbarProps) {
  const { board, look, plate, mapped, onLook } = props
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
        <CommandButton board={board} id="plate.layout" text="Platemap…" />
        {mapped ? <CommandButton board={board} id="plate.layoutRemove" text="No platemap" /> : null}
        <CommandButton board={board} id="plate.exportPng" text="Picture" />
        <CommandButton board={board} id="plate.exportCsv" text="CSV" />
      </span>
    </div>
  )
}
