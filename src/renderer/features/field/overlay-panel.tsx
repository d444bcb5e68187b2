import type { PredictionMap } from '#contract/pixels.ts'
import { faultText } from '#core/fault-text.ts'
import { numberText } from '#core/quality/rule-text.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { ColourLegend } from './colour-legend.tsx'
import type { FieldState, MapKind } from './field-state.ts'
import css from './overlay-panel.module.css'
import { rangeOfMeasure } from './scene.ts'
import { MAP_WORDS } from './map-words.ts'
import { MapLegend } from './map-legend.tsx'
import { isOfNetworks, measureText } from './measure-text.ts'

interface OverlayPanelProps {
  readonly board: CommandBoard
  readonly state: FieldState
  readonly onFill: (fill: string | null) => void
  readonly onMap: (kind: MapKind | null) => void
  readonly onOpacity: (opacity: number) => void
  /** What networks left behind of the field. */
  readonly predictionMaps: readonly PredictionMap[]
}

type MapChoice = MapKind | 'none'

const OPACITY_STEP = 0.05

/** What is laid over the image: outlines, filled objects, maps. */
export function OverlayPanel(props: OverlayPanelProps) {
  const { board, state, predictionMaps, onFill, onMap, onOpacity } = props
  const maps: readonly MapKind[] = ['sharpness', 'saturation', ...predictionMaps]
  const { objects, outlines, fill, map, rules } = state
  const measured = objects.status === 'shown' ? objects.objects.columns : []
  // What networks said comes first: it is what somebody looks for who doubts them.
  const columns = measured.toSorted(
    (a, b) => Number(isOfNetworks(b.name)) - Number(isOfNetworks(a.name)),
  )
  const filled = columns.find(({ name }) => name === fill)
  const range = filled === undefined ? null : rangeOfMeasure(filled)
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
          options={[
            { value: 'none', text: 'none' },
            ...maps.map(value => ({ value, text: MAP_WORDS[value].title })),
          ]}
          onChange={kind => onMap(kind === 'none' ? null : kind)}
        />
        {state.why && map.status !== 'none' && map.of === 'plane' ? null : (
          <MapLegend map={map} rules={rules} />
        )}
        {map.status === 'shown' ? (
          <Slider
            label="Opacity"
            min={0}
            max={1}
            step={OPACITY_STEP}
            value={state.mapOpacity}
            text={`${Math.round(100 * state.mapOpacity)} %`}
            onChange={onOpacity}
          />
        ) : null}
      </div>
    </Panel>
  )
}
