import { faultText } from '#core/fault-text.ts'
import { numberText } from '#core/quality/rule-text.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Select } from '../../ui/select.tsx'
import { ColourLegend } from './colour-legend.tsx'
import type { FieldState, MapKind } from './field-state.ts'
import css from './overlay-panel.module.css'
import { rangeOfMeasure } from './scene.ts'
import { MapLegend } from './map-legend.tsx'

interface OverlayPanelProps {
  readonly board: CommandBoard
  readonly state: FieldState
  readonly onFill: (fill: string | null) => void
  readonly onMap: (kind: MapKind | null) => void
}

type MapChoice = MapKind | 'none'

const MAPS: readonly { readonly value: MapChoice; readonly text: string }[] = [
  { value: 'none', text: 'none' },
  { value: 'sharpness', text: 'local sharpness' },
  { value: 'saturation', text: 'saturation' },
]

/** What is laid over the image: outlines, filled objects, maps. */
export function OverlayPanel({ board, state, onFill, onMap }: OverlayPanelProps) {
  const { objects, outlines, fill, map, rules } = state
  const columns = objects.status === 'shown' ? objects.objects.columns : []
  const filled = columns.find(({ name }) => name === fill)
  const range = filled === undefined ? null : rangeOfMeasure(filled.values)
  return (
    <Panel
      title="Overlays"
      actions={
        <CommandButton board={board} id="field.outlines" text="Outlines" pressed={outlines} />
      }
    >
      <div className={css['body']}>
        <Select
          label="Fill objects by"
          stacked
          value={fill ?? ''}
          disabled={columns.length === 0}
          options={[
            { value: '', text: 'nothing' },
            ...columns.map(({ name }) => ({ value: name, text: measureText(name) })),
          ]}
          onChange={name => onFill(name === '' ? null : name)}
        />
        {range === null ? null : (
          <ColourLegend low={numberText(range.low)} high={numberText(range.high)} />
        )}
        {objects.status === 'failed' ? (
          <p className={css['fault']}>{faultText(objects.fault)}</p>
        ) : null}
        <Select<MapChoice>
          label="Map"
          stacked
          value={map.status === 'none' ? 'none' : map.kind}
          options={MAPS}
          onChange={kind => onMap(kind === 'none' ? null : kind)}
        />
        {state.why ? null : <MapLegend map={map} rules={rules} />}
      </div>
    </Panel>
  )
}

/** `AreaShape_Area` as people read it: `Area · AreaShape`. */
export function measureText(name: string): string {
  const [group, ...rest] = name.split('_')
  return rest.length === 0 ? name : `${rest.join(' ')} · ${group}`
}
